using Lamina.Memory;
using Lamina.Runtime.Tests.Protection;

namespace Lamina.Runtime.Tests.Memory;

/// <summary>What the budget has back, the system has back. Alone, since others' memory is the process's too.</summary>
[Collection(nameof(Alone))]
public sealed unsafe class NativePagesTests
{
    [Theory]
    [InlineData(4 << 10, 20_000)]
    [InlineData(48 << 10, 2000)]
    [InlineData(256 << 10, 400)]
    [InlineData(4 << 20, 25)]
    public void Free_AllButAFewOfMany_GivesTheMemoryBackToTheSystem(int bytes, int count)
    {
        if (!OperatingSystem.IsLinux())
            return;
        MemoryBudget budget = new(long.MaxValue);

        // Larger than the others, which an allocator then believes to be worth keeping.
        NativePages.TryTake(budget, bytes * 4L)!.Free();
        long before = AnonymousMemory();
        NativePages[] pages = [.. Enumerable.Range(0, count).Select(_ => Take(budget, bytes))];
        Assert.True(AnonymousMemory() - before > budget.Used / 2);
        for (int i = 0; i < count - 1; i++)
        {
            if (i % 64 != 0)
                pages[i].Free();
        }

        long left = AnonymousMemory() - before;
        Assert.True(left < budget.Used + (16 << 20), $"{left} bytes are left, of which {budget.Used} are in use.");
        for (int i = 0; i < count - 1; i += 64)
            pages[i].Free();
        pages[^1].Free();
        Assert.Equal(0, budget.Used);
    }

    [Theory]
    [InlineData(4 << 10, 0)]
    [InlineData(4 << 10, 2 << 20)]
    [InlineData(12 << 10, 16 << 10)]
    [InlineData(256 << 10, 256 << 10)]
    [InlineData(2 << 20, 2 << 20)]
    public void TryTake_Alignment_IsThatOfEachAndNoneOverlap(int bytes, int alignment)
    {
        MemoryBudget budget = new(long.MaxValue);
        NativePages[] pages = [.. Enumerable.Range(0, 64).Select(_ => NativePages.TryTake(budget, bytes, alignment)!)];
        for (byte i = 0; i < pages.Length; i++)
        {
            Assert.Equal(0, (nint)pages[i].Start % Math.Max(alignment, Environment.SystemPageSize));
            new Span<byte>(pages[i].Start, bytes).Fill(i);
        }

        for (byte i = 0; i < pages.Length; i++)
        {
            Assert.False(new Span<byte>(pages[i].Start, bytes).ContainsAnyExcept(i));
            pages[i].Free();
        }
    }

    private static NativePages Take(MemoryBudget budget, int bytes)
    {
        NativePages pages = NativePages.TryTake(budget, bytes)!;
        new Span<byte>(pages.Start, bytes).Fill(1);
        return pages;
    }

    private static long AnonymousMemory()
    {
        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(8).Trim().TrimEnd(" kB"), System.Globalization.CultureInfo.InvariantCulture) << 10;
    }
}
