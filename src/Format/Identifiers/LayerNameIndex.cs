using System.IO.Hashing;
using System.Numerics;

namespace Lamina;

/// <summary>Finds a layer's index by its name: an open-addressed table of indexes. Immutable.</summary>
internal sealed class LayerNameIndex
{
    private readonly LayerTable _layers;
    private readonly int[] _slots;

    /// <summary>Indexes the names of <paramref name="layers"/>.</summary>
    public LayerNameIndex(LayerTable layers)
    {
        _layers = layers;

        // At most half full, so that a search ends soon; a slot holds an index plus one, zero is free.
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)layers.Count * 2)];
        for (int i = 0; i < layers.Count; i++)
        {
            ReadOnlySpan<byte> name = layers.NameAt(i);
            if (name.IsEmpty)
                continue;
            ref int slot = ref Slot(name);
            if (slot == 0)
                slot = i + 1;
        }
    }

    /// <summary>The lowest index with <paramref name="name"/>, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name) => Slot(name) - 1;

    /// <summary>The slot that holds <paramref name="name"/>, or the free one where it belongs.</summary>
    private ref int Slot(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1;
        int at = (int)XxHash3.HashToUInt64(name) & mask;
        while (_slots[at] != 0 && !_layers.NameAt(_slots[at] - 1).SequenceEqual(name))
            at = (at + 1) & mask;
        return ref _slots[at];
    }
}
