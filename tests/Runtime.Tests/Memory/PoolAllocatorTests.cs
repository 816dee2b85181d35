using FsCheck.Xunit;
using Lamina.Memory;

namespace Lamina.Runtime.Tests.Memory;

public sealed class PoolAllocatorTests
{
    private static readonly int[] Sizes = [4 << 10, 16 << 10, 64 << 10];

    [Property]
    public void AllocateRelease_AnySequence_BlocksNeverOverlapAndTheBudgetIsExact((ushort Length, bool Release)[] steps, bool mostAreLonger)
    {
        MemoryBudget budget = new(512 << 10);
        PoolAllocator pool = new(budget, mostAreLonger ? Sizes[..1] : Sizes);
        List<(nint Address, int Length)> taken = [];
        foreach ((ushort length, bool release) in steps)
        {
            if (release && taken.Count > 0)
            {
                int index = length % taken.Count;
                pool.Release(taken[index].Address);
                taken.RemoveAt(index);
                continue;
            }

            // Up to twice the largest size.
            int bytes = 1 + (length * 2);
            nint address = pool.TryAllocate(bytes);
            if (address != 0)
            {
                Fill(address, bytes, 0xEE);
                Assert.DoesNotContain(taken, other => address < other.Address + other.Length && other.Address < address + bytes);
                taken.Add((address, bytes));
            }

            Assert.True(budget.Used <= budget.Total);
            Assert.True(budget.Used >= taken.Sum(static block => (long)block.Length));
        }

        foreach ((nint address, _) in taken)
            pool.Release(address);
        pool.Trim();
        Assert.Equal(0, budget.Used);
    }

    [Theory]
    [InlineData(1, 4 << 10)]
    [InlineData(4096, 4 << 10)]
    [InlineData(4097, 16 << 10)]
    [InlineData(65536, 64 << 10)]
    public void SizeFor_Length_IsTheSmallestThatHoldsIt(int length, long expected) =>
        Assert.Equal(expected, new PoolAllocator(new MemoryBudget(1 << 20), Sizes).SizeFor(length));

    [Fact]
    public void SizeFor_AboveTheLargest_IsWholePages()
    {
        long size = new PoolAllocator(new MemoryBudget(1 << 20), Sizes).SizeFor(65537);
        Assert.Equal(0, size % Environment.SystemPageSize);
        Assert.InRange(size, 65537, 65537 + Environment.SystemPageSize);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Release_Twice_Throws(int length)
    {
        PoolAllocator pool = new(new MemoryBudget(1 << 20), Sizes);
        nint kept = pool.TryAllocate(length);
        nint address = pool.TryAllocate(length);
        pool.Release(address);
        Assert.Throws<InvalidOperationException>(() => pool.Release(address));
        pool.Release(kept);
    }

    [Fact]
    public void Release_Foreign_Throws()
    {
        PoolAllocator pool = new(new MemoryBudget(1 << 20), Sizes);
        PoolAllocator other = new(new MemoryBudget(1 << 20), Sizes);
        nint address = pool.TryAllocate(4096);
        nint foreign = other.TryAllocate(4096);
        Assert.Throws<InvalidOperationException>(() => pool.Release(foreign));
        Assert.Throws<InvalidOperationException>(() => pool.Release(address + 64));
        Assert.Throws<InvalidOperationException>(() => pool.Release(0));
        pool.Release(address);
        other.Release(foreign);
    }

    [Fact]
    public void TryAllocate_OtherSizesSlabsAreFree_GivesThemUp()
    {
        MemoryBudget budget = new(64 << 10);
        PoolAllocator pool = new(budget, Sizes);
        nint[] small = [.. Enumerable.Range(0, 16).Select(_ => pool.TryAllocate(4096))];
        Assert.DoesNotContain(0, small);
        Assert.Equal(0, pool.TryAllocate(4096));
        Assert.Equal(0, pool.TryAllocate(65536));
        foreach (nint address in small)
            pool.Release(address);
        nint large = pool.TryAllocate(65536);
        Assert.NotEqual(0, large);
        Assert.Equal(64 << 10, budget.Used);
        pool.Release(large);
    }

    [Fact]
    public void Close_BlocksInUse_GivesEachSlabBackWithItsLastBlock()
    {
        MemoryBudget budget = new(1 << 20);
        PoolAllocator pool = new(budget, Sizes);
        nint first = pool.TryAllocate(4096);
        nint second = pool.TryAllocate(4096);
        pool.Close();
        Assert.Equal(64 << 10, budget.Used);
        pool.Release(first);
        Assert.Equal(64 << 10, budget.Used);
        pool.Release(second);
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void Release_LongerThanTheLargestSize_IsKeptForTheNextOfAboutItsLength()
    {
        MemoryBudget budget = new(4 << 20);
        PoolAllocator pool = new(budget, Sizes);
        pool.Release(pool.TryAllocate(100_000));
        long kept = budget.Used;
        Assert.InRange(kept, 100_000, 100_000 + Environment.SystemPageSize);
        Assert.Equal((kept, 0), HeldAndUsed(pool));

        nint shorter = pool.TryAllocate(92_000);
        Assert.Equal((kept, kept), HeldAndUsed(pool));
        nint longer = pool.TryAllocate(120_000);
        pool.Release(shorter);
        nint muchShorter = pool.TryAllocate(70_000);
        Assert.True(budget.Used >= 100_000 + 120_000 + 70_000);
        pool.Release(longer);
        pool.Release(muchShorter);
        Assert.Equal(budget.Used, pool.Trim());
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void Release_ManyLongerThanTheLargestSize_KeepsNoMoreThanAnEighthOfTheBudget()
    {
        MemoryBudget budget = new(2 << 20);
        PoolAllocator pool = new(budget, Sizes);
        nint[] blocks = [.. Enumerable.Range(0, 10).Select(i => pool.TryAllocate(70_000 + (i * 4096)))];
        foreach (nint block in blocks)
            pool.Release(block);
        Assert.InRange(budget.Used, 1, budget.Total / 8);

        nint all = pool.TryAllocate(2 << 20);
        Assert.NotEqual(0, all);
        pool.Release(all);
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void Release_AfterClose_KeepsNothing()
    {
        MemoryBudget budget = new(4 << 20);
        PoolAllocator pool = new(budget, Sizes);
        nint held = pool.TryAllocate(100_000);
        pool.Release(pool.TryAllocate(100_000));
        pool.Close();
        pool.Release(held);
        Assert.Equal(0, budget.Used);
    }

    private static (long Held, long Used) HeldAndUsed(PoolAllocator pool)
    {
        MemoryStats stats = default;
        pool.AddTo(ref stats);
        return (stats.PoolBytes, stats.PoolUsedBytes);
    }

    private static unsafe void Fill(nint address, int length, byte value) => new Span<byte>((void*)address, length).Fill(value);
}
