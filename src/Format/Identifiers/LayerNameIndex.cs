using System.IO.Hashing;
using System.Numerics;

namespace Lamina;

/// <summary>Finds a layer's index by its name: an open-addressed table of indexes beside the names' bytes. Immutable.</summary>
internal sealed class LayerNameIndex
{
    private readonly byte[] _nameBytes;
    private readonly int[] _nameEnds;
    private readonly int[] _slots;

    /// <summary>Indexes names that lie one after another in <paramref name="nameBytes"/>.</summary>
    /// <param name="nameBytes">The names as UTF-8.</param>
    /// <param name="nameEnds">Where each name ends; it begins where the one before ends. An empty name is none.</param>
    public LayerNameIndex(byte[] nameBytes, int[] nameEnds)
    {
        _nameBytes = nameBytes;
        _nameEnds = nameEnds;

        // At most half full, so that a search ends soon; a slot holds an index plus one, zero is free.
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)nameEnds.Length * 2)];
        for (int i = 0; i < nameEnds.Length; i++)
        {
            ReadOnlySpan<byte> name = Name(i);
            if (name.IsEmpty)
                continue;
            ref int slot = ref Slot(name);
            if (slot == 0)
                slot = i + 1;
        }
    }

    /// <summary>The lowest index with <paramref name="name"/>, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name) => Slot(name) - 1;

    private ReadOnlySpan<byte> Name(int index)
    {
        int start = index == 0 ? 0 : _nameEnds[index - 1];
        return _nameBytes.AsSpan(start, _nameEnds[index] - start);
    }

    /// <summary>The slot that holds <paramref name="name"/>, or the free one where it belongs.</summary>
    private ref int Slot(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1;
        int at = (int)XxHash3.HashToUInt64(name) & mask;
        while (_slots[at] != 0 && !Name(_slots[at] - 1).SequenceEqual(name))
            at = (at + 1) & mask;
        return ref _slots[at];
    }
}
