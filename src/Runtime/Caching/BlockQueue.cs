using Lamina.Mapping;

namespace Lamina.Caching;

/// <summary>Resident blocks in the order of their coming, and their bytes. Not thread-safe.</summary>
internal sealed class BlockQueue
{
    private const int FirstLength = 16;

    // Made when a block comes: what reads stored blocks alone never has any.
    private ResidentBlock[]? _items;
    private int _head;

    /// <summary>How many blocks there are.</summary>
    public int Count { get; private set; }

    /// <summary>What the pool charges for them.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a block at the end.</summary>
    public void Enqueue(in ResidentBlock block)
    {
        _items ??= new ResidentBlock[FirstLength];
        if (Count == _items.Length)
            _items = Grow(_items);
        _items[(_head + Count) & (_items.Length - 1)] = block;
        Count++;
        Bytes += block.Bytes;
    }

    /// <summary>Takes the first block; there must be one.</summary>
    public ResidentBlock Dequeue()
    {
        ResidentBlock block = _items![_head];
        _items[_head] = default;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        Bytes -= block.Bytes;
        return block;
    }

    private ResidentBlock[] Grow(ResidentBlock[] full)
    {
        ResidentBlock[] grown = new ResidentBlock[full.Length * 2];
        for (int i = 0; i < full.Length; i++)
            grown[i] = full[(_head + i) & (full.Length - 1)];
        _head = 0;
        return grown;
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
