using Lamina.Caching;
using Lamina.Memory;

namespace Lamina.Runtime.Tests.Memory;

public sealed class MemoryBudgetTests
{
    [Fact]
    public void TryCharge_ToTheByte_FitsAndNotOneMore()
    {
        MemoryBudget budget = new(100);
        Assert.True(budget.TryCharge(100));
        Assert.False(budget.TryCharge(1));
        budget.Release(1);
        Assert.True(budget.TryCharge(1));
        Assert.Equal(100, budget.Peak);
        Assert.False(budget.TryCharge(long.MaxValue));
    }

    [Fact]
    public void TryCharge_ManyThreads_NeverPassesTheTotalAndEndsExact()
    {
        MemoryBudget budget = new(1000);
        Thread[] threads = [.. Enumerable.Range(1, 4).Select(seed => new Thread(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (budget.TryCharge(seed * 100))
                    budget.Release(seed * 100);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(0, budget.Used);
        Assert.InRange(budget.Peak, 400, 1000);
    }

    [Fact]
    public void TryCharge_CrossesThresholds_TellsEachRiseOnce()
    {
        List<int> told = [];
        MemoryBudget budget = new(100, new Listener(told));
        Assert.True(budget.TryCharge(74));
        Assert.Empty(told);
        Assert.True(budget.TryCharge(1));
        Assert.Equal([75], told);
        Assert.True(budget.TryCharge(9));
        Assert.Equal([75], told);
        Assert.True(budget.TryCharge(16));
        Assert.Equal([75, 85, 95], told);
        budget.Release(10);
        Assert.True(budget.TryCharge(5));
        Assert.Equal([75, 85, 95, 95], told);
    }

    [Fact]
    public void TakePages_MoreThanTheBudget_IsRefusedBeforeTheSystemIsAsked()
    {
        MemoryBudget budget = new(1 << 20);

        // No system has as much: asked for it, it would say so.
        Assert.Null(NativePages.TryTake(budget, 1L << 60));
        Assert.Equal(0, budget.Used);
        Assert.Equal(0, budget.Peak);
    }

    [Fact]
    public void TakePages_SystemHasNoMore_LeavesNothingCharged()
    {
        MemoryBudget budget = new(long.MaxValue);
        Assert.Throws<OutOfMemoryException>(() => NativePages.TryTake(budget, 1L << 60));
        Assert.Equal(0, budget.Used);
    }

    private sealed class Listener(List<int> told) : ICacheOwner
    {
        public void ThresholdCrossed(int percent) => told.Add(percent);

        public MemoryStats GetStats() => default;

        public void BlocksEvicted(long total)
        {
        }

        public void ReleaseFailed(Exception exception)
        {
        }
    }
}
