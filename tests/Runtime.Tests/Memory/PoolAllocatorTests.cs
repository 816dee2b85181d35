using FsCheck.Xunit;
using Lamina.Memory;

namespace Lamina.Runtime.Tests.Memory;

public sealed class PoolAllocatorTests
{
    private static readonly int[] Sizes = [4 << 10, 16 << 10, 64 << 10];

    [Property]
    public void AllocateRelease_AnySequence_BlocksNeverOverlapAndTheBudgetIsExact((ushort Length, bool Release)[] steps)
    {
        MemoryBudget budget = new(512 << 10);
        PoolAllocator pool = new(budget, Sizes);
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

    private static unsafe void Fill(nint address, int length, byte value) => new Span<byte>((void*)address, length).Fill(value);
}
