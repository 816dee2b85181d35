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

    /// <summary>As long as a scope has read blocks of one region, none of them goes the slow way again.</summary>
    [Property]
    public Property Has_CellsOfOneRegion_AreAllNearTheirPlaces() => Prop.ForAll(
        Gen.Choose(1, 600).ToArbitrary(),
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        (count, line) =>
        {
            ref ScopeTable table = ref Tables[0];
            table.Begin();
            nint first = (nint)line * 64;
            for (int i = 0; i < count; i++)
                table.Add(first + (i * sizeof(Cell)));

            int found = 0;
            for (int i = 0; i < count; i++)
                found += table.Has(first + (i * sizeof(Cell))) ? 1 : 0;
            table.End();
            return found == count;
        });
}
