namespace Lamina.Format.Input;

/// <summary>A layer's keywords, each once: compared one by one while they are few, hashed from then on.</summary>
internal sealed class KeywordTable(ByteBuffer text)
{
    private const int Few = 8;

    private readonly List<(int Start, int Length, int Hash)> _keywords = [];

    // Open addressing; an entry is the keyword's index plus one, 0 is free. A power of two, at most half full.
    private int[] _slots = new int[4 * Few];
    private bool _isHashed;

    public int Count => _keywords.Count;

    public ReadOnlySpan<byte> this[int index] => text.Array.AsSpan(_keywords[index].Start, _keywords[index].Length);

    /// <summary>Adds the keyword that the text ends with, from <paramref name="start"/> on; false if it is there already.</summary>
    public bool TryAdd(int start)
    {
        ReadOnlySpan<byte> keyword = text.Span[start..];
        if (!_isHashed)
        {
            for (int i = 0; i < _keywords.Count; i++)
            {
                if (this[i].SequenceEqual(keyword))
                    return false;
            }

            _keywords.Add((start, keyword.Length, 0));
            if (_keywords.Count > Few)
                Rehash();
            return true;
        }

        int hash = Hash(keyword);
        int slot = Slot(hash);
        for (; _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            if (_keywords[_slots[slot] - 1].Hash == hash && this[_slots[slot] - 1].SequenceEqual(keyword))
                return false;
        }

        _keywords.Add((start, keyword.Length, hash));
        if (_keywords.Count > _slots.Length / 2)
        {
            _slots = new int[2 * _slots.Length];
            Rehash();
        }
        else
            _slots[slot] = _keywords.Count;
        return true;
    }

    public void Clear()
    {
        _keywords.Clear();
        if (_isHashed)
            Array.Clear(_slots);
        _isHashed = false;
    }

    private void Rehash()
    {
        _isHashed = true;
        for (int i = 0; i < _keywords.Count; i++)
        {
            int hash = Hash(this[i]);
            _keywords[i] = _keywords[i] with { Hash = hash };
            int slot = Slot(hash);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = i + 1;
        }
    }

    private int Slot(int hash) => hash & (_slots.Length - 1);

    /// <summary>Seeded anew in each process, so that no input can be made whose keywords collide.</summary>
    private static int Hash(ReadOnlySpan<byte> keyword)
    {
        HashCode hash = default;
        hash.AddBytes(keyword);
        return hash.ToHashCode();
    }
}
