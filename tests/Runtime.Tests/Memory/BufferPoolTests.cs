using System.Buffers;
using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests.Memory;

/// <summary>Buffers of the program in the manager's budget.</summary>
public sealed class BufferPoolTests
{
    [Theory]
    [InlineData(-1, 4096)]
    [InlineData(0, 4096)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 16384)]
    public void Rent_Size_IsTheSmallestBlockThatHoldsIt(int size, int expected)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open();
        using IMemoryOwner<byte> buffer = manager.Buffers.Rent(size);
        Assert.Equal(expected, buffer.Memory.Length);
        buffer.Memory.Span.Fill(0xEE);
        Assert.Equal(expected, manager.GetStats().PoolUsedBytes);
    }

    [Fact]
    public void Rent_CacheFull_TakesTheBlocksPlace()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { TotalMemoryBytes = 16 << 10, PoolBlockSizes = [4096] });
        for (uint i = 0; i < 40; i++)
            manager.ReadCopy(new LayerId(1, i));
        IMemoryOwner<byte>[] buffers = [.. Enumerable.Range(0, 4).Select(_ => manager.Buffers.Rent(4096))];
        Assert.Equal(16 << 10, manager.GetStats().UsedBytes);
        Assert.Equal(MemoryError.LimitExceeded, Assert.Throws<MemoryException>(() => manager.Buffers.Rent(1)).Error);
        Assert.Equal(MemoryError.LimitExceeded, Assert.Throws<MemoryException>(() => manager.ReadCopy(new LayerId(1, 0))).Error);
        buffers[2].Dispose();
        Assert.Equal(TestDataSet.Text(1, 0), manager.ReadCopy(new LayerId(1, 0)));
        foreach (IMemoryOwner<byte> buffer in buffers)
            buffer.Dispose();
    }

    [Fact]
    public void Dispose_Twice_GivesBackOnceAndEndsItsUse()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open();
        IMemoryOwner<byte> buffer = manager.Buffers.Rent(1);
        Memory<byte> memory = buffer.Memory;
        buffer.Dispose();
        using IMemoryOwner<byte> other = manager.Buffers.Rent(1);
        buffer.Dispose();
        Assert.Equal(4096, manager.GetStats().PoolUsedBytes);
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        other.Memory.Span.Clear();
    }

    [Fact]
    public void Dispose_WhilePinned_GivesBackWhenItIsUnpinned()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open();
        IMemoryOwner<byte> buffer = manager.Buffers.Rent(1);
        MemoryHandle pin = buffer.Memory.Pin();
        buffer.Dispose();
        Assert.Equal(4096, manager.GetStats().PoolUsedBytes);
        pin.Dispose();
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
        pin.Dispose();
        Assert.Equal(0, manager.GetStats().PoolUsedBytes);
    }

    [Fact]
    public void Dispose_AfterTheManager_LeavesNothingCharged()
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        MmapManager manager = data.Open();
        MemoryPool<byte> pool = manager.Buffers;
        IMemoryOwner<byte> buffer = pool.Rent(1);
        manager.Dispose();
        buffer.Memory.Span.Fill(1);
        Assert.True(manager.GetStats().UsedBytes > 0);
        buffer.Dispose();
        Assert.Equal(0, manager.GetStats().UsedBytes);
        Assert.Throws<ObjectDisposedException>(() => pool.Rent(1));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(int.MaxValue)]
    public void Rent_NoSuchSize_IsAWrongCall(int size)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 4));
        using MmapManager manager = data.Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => manager.Buffers.Rent(size));
    }
}
