using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Writing;

namespace Lamina.Format.Tests.Writing;

public sealed class SegmentedListTests
{
    // More than three segments at the most; most lists are short.
    private static readonly Gen<int> Counts = Gen.Frequency(
        (4, Gen.Choose(0, 100)), (2, Gen.Choose(16_380, 16_390)), (1, Gen.Choose(0, 55_000)));

    [Property]
    public Property Slice_OfAnyPart_WalksThroughWhatWasAdded() => Prop.ForAll(
        Counts.SelectMany(static count => Gen.Choose(0, count).Two(), static (count, ends) => (count, ends)).ToArbitrary(),
        static drawn =>
        {
            using SegmentedList<long> list = ListOf(drawn.count);
            int start = Math.Min(drawn.ends.Item1, drawn.ends.Item2);
            int end = Math.Max(drawn.ends.Item1, drawn.ends.Item2);

            List<long> walked = [];
            foreach (ref long item in list[start..end])
                walked.Add(item++);

            Assert.Equal(drawn.count, list.Count);
            Assert.Equal(Enumerable.Range(start, end - start).Select(ValueAt), walked);
            if (start < end)
                Assert.Equal(ValueAt(start) + 1, list.From(start)[0]);
            for (int i = 0; i < list.Count; i++)
                Assert.Equal(ValueAt(i) + (i >= start && i < end ? 1 : 0), list[i]);
        });

    [Property]
    public Property Reorder_AnyOrder_TakesTheItemsInThatOrder() => Prop.ForAll(
        Counts.ToArbitrary(),
        static count =>
        {
            using SegmentedList<long> list = ListOf(count);
            int[] order = [.. Enumerable.Range(0, count).OrderBy(static i => (i * 2_654_435_761L) % 65_537)];

            list.Reorder(order);

            Assert.Equal(count, list.Count);
            for (int i = 0; i < count; i++)
                Assert.Equal(ValueAt(order[i]), list[i]);
        });

    [Fact]
    public void Dispose_ThenAdded_BeginsAnew()
    {
        SegmentedList<long> list = ListOf(20_000);

        list.Dispose();
        list.Add(7);

        Assert.Equal(1, list.Count);
        Assert.Equal(7, list[0]);
        list.Dispose();
    }

    [Fact]
    public void Indexer_BehindTheEnd_Throws()
    {
        using SegmentedList<long> list = ListOf(5);

        Assert.Throws<ArgumentOutOfRangeException>(() => list[5]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
    }

    private static long ValueAt(int index) => index * 3L;

    private static SegmentedList<long> ListOf(int count)
    {
        SegmentedList<long> list = new();
        for (int i = 0; i < count; i++)
            list.Add(ValueAt(i));
        return list;
    }
}
