using Lamina.Mapping;

namespace Lamina.Caching;

/// <summary>Resident blocks in the order of their coming, and their bytes. Not thread-safe.</summary>
internal sealed class BlockQueue
{
    private ResidentBlock[] _items = new ResidentBlock[16];
    private int _head;

    /// <summary>How many blocks there are.</summary>
    public int Count { get; private set; }

    /// <summary>What the pool charges for them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a block at the end.</summary>
    public void Enqueue(in ResidentBlock block)
    {
        if (Count == _items.Length)
        {
            ResidentBlock[] grown = new ResidentBlock[Count * 2];
            for (int i = 0; i < Count; i++)
                grown[i] = _items[(_head + i) & (Count - 1)];
            _items = grown;
            _head = 0;
        }

        _items[(_head + Count) & (_items.Length - 1)] = block;
        Count++;
        Bytes += block.Bytes;
    }

    /// <summary>Takes the first block; there must be one.</summary>
    public ResidentBlock Dequeue()
    {
        ResidentBlock block = _items[_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        Bytes -= block.Bytes;
        return block;
    }

    /// <summary>Takes all blocks of <paramref name="region"/> and adds them to <paramref name="taken"/>.</summary>
    public void TakeAll(MmapRegion region, List<ResidentBlock> taken)
    {
        for (int i = Count; i > 0; i--)
        {
            ResidentBlock block = Dequeue();
            if (block.Region == region)
                taken.Add(block);
            else
                Enqueue(block);
        }
    }
}
