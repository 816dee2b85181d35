namespace Lamina.Bench.Peers;

/// <summary>The kinds of work.</summary>
internal enum Work
{
    /// <inheritdoc cref="LengthAndFirstByte"/>
    Length,

    /// <summary>As <see cref="Length"/>, but each read waits for the one before: what a single read takes, not how many overlap.</summary>
    Chain,

    /// <inheritdoc cref="HashOfAllBytes"/>
    Hash,
}
