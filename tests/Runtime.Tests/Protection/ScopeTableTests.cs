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

    /// <summary>Regions of one size lie at equal distances, so that their cells' places may meet.</summary>
    [Theory]
    [InlineData(16, 7, 3248)]
    [InlineData(64, 2, 1952)]
    public void Has_CellsOfManyRegions_AreAllNearTheirPlaces(int regions, int cells, int distance)
    {
        ref ScopeTable table = ref Tables[0];
        table.Begin();
        for (int i = 0; i < regions * cells; i++)
            table.Add(TokenOf(i));

        int found = 0;
        for (int i = 0; i < regions * cells; i++)
            found += table.Has(TokenOf(i)) ? 1 : 0;
        table.End();

        Assert.Equal(regions * cells, found);

        nint TokenOf(int i) => (1 << 20) + (i / cells * (nint)distance) + (i % cells * sizeof(Cell));
    }

    /// <summary>Whatever is added stands in the set, near its place or not, and once.</summary>
    [Property(MaxTest = 50)]
    public Property Add_AnyTokensTwice_StandInTheSetOnce() => Prop.ForAll(
        Gen.Choose(1, 1 << 20).ListOf().ToArbitrary(),
        numbers =>
        {
            ref ScopeTable table = ref Tables[0];
            table.Begin();
            nint[] tokens = [.. numbers.Select(static number => (nint)number * sizeof(Cell))];
            foreach (nint token in tokens.Concat(tokens))
                table.Add(token);
            nint[] items = new ReadOnlySpan<nint>(table.Items, 1 << (64 - table.Shift)).ToArray();
            table.End();
            return items.Where(static item => item != 0).Order().SequenceEqual(tokens.Distinct().Order());
        });
}
