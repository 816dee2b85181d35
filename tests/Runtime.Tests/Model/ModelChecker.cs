using System.IO.Hashing;

namespace Lamina.Runtime.Tests.Model;

/// <summary>Goes through every state that a machine can reach.</summary>
internal static class ModelChecker
{
    // More than a test should take.
    private const int MaxStates = 6_000_000;

    /// <summary>Searches, depth first, until something is wrong or every state was seen.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="judge">Says what is wrong with the variables at an end; null if nothing is.</param>
    public static ModelResult Check(ModelMachine machine, Func<ReadOnlySpan<byte>, string?> judge)
    {
        HashSet<UInt128> seen = [XxHash128.HashToUInt128(machine.Start)];
        Stack<List<(byte[] State, string Step)>> open = new();
        List<string> path = [];
        int ends = 0;
        open.Push([(machine.Start, "start")]);
        while (open.Count > 0)
        {
            List<(byte[] State, string Step)> siblings = open.Peek();
            if (siblings.Count == 0)
            {
                open.Pop();
                if (path.Count > 0)
                    path.RemoveAt(path.Count - 1);
                continue;
            }

            (byte[] state, string step) = siblings[^1];
            siblings.RemoveAt(siblings.Count - 1);
            path.Add(step);
            List<(byte[] State, string Step)> next = [];
            string? wrong = null;
            bool isStuck = true;
            try
            {
                machine.Expand(state, (successor, how) =>
                {
                    isStuck = false;
                    if (seen.Add(XxHash128.HashToUInt128(successor)))
                        next.Add((successor, how));
                });
            }
            catch (ModelViolationException violation)
            {
                wrong = violation.Message;
            }

            if (wrong is null && isStuck)
            {
                ends++;
                wrong = machine.IsEnd(state) ? judge(machine.Variables(state)) : $"Deadlock: {machine.Describe(state)}";
            }

            if (wrong is not null)
                return new ModelResult(seen.Count, ends, wrong, path);
            if (seen.Count > MaxStates)
                throw new InvalidOperationException("The model has too many states for a test.");
            open.Push(next);
        }

        return new ModelResult(seen.Count, ends, null, []);
    }
}
