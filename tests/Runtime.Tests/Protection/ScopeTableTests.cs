using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Mapping;
using Lamina.Protection;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>The set of a scope's tokens. Cells are numbers here: nothing is read at them.</summary>
public sealed unsafe class ScopeTableTests
{
    // Its memory is used again from scope to scope, and never freed.
    private static readonly ScopeTable[] Tables = new ScopeTable[1];

    /// <summary>Whatever is added stands in the set, once, and only the first time it is new.</summary>
    [Property(MaxTest = 50)]
    public Property Add_AnyTokensTwice_StandInTheSetOnce() => Prop.ForAll(
        Gen.Choose(1, 1 << 20).ListOf().ToArbitrary(),
        numbers =>
        {
            ref ScopeTable table = ref Tables[0];
            table.Begin();
            nint[] tokens = [.. numbers.Select(static number => (nint)number * sizeof(Cell))];
            int added = 0;
            foreach (nint token in tokens.Concat(tokens))
                added += table.Add(token) ? 1 : 0;
            nint[] items = table.Items.ToArray();
            table.End();
            return items.Where(static item => item != 0).Order().SequenceEqual(tokens.Distinct().Order())
                && added == tokens.Distinct().Count();
        });
}
