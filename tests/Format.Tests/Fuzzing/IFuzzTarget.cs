namespace Lamina.Format.Tests.Fuzzing;

/// <summary>What is fuzzed: where its inputs come from, and the laws that hold for any of them.</summary>
internal interface IFuzzTarget
{
    /// <summary>The target's name, also that of its folder under <c>fixtures/fuzz/</c>.</summary>
    string Name { get; }

    /// <summary>What names of files with an input end with.</summary>
    string Extension { get; }

    /// <summary>The inputs to begin with.</summary>
    IEnumerable<byte[]> Seeds(Random random);

    /// <summary>Makes another input out of one.</summary>
    /// <param name="input">What to change; left as it is.</param>
    /// <param name="other">Where parts may come from.</param>
    /// <param name="random">Decides what is changed.</param>
    byte[] Mutate(byte[] input, byte[] other, Random random);

    /// <summary>Makes right what a change by someone who knows nothing of the format makes wrong, and would hide the change.</summary>
    byte[] Repair(byte[] input);

    /// <summary>Gives <paramref name="input"/> to the library; the same input always gets the same treatment.</summary>
    /// <returns>What came of it; an input with an outcome not seen before is worth changing further.</returns>
    /// <exception cref="Exception">A law is broken.</exception>
    string Check(byte[] input);
}
