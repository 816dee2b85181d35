namespace Lamina.Bench.Budget;

/// <summary>Lists of blocks of which each is in one at most, from the most recent to the least.</summary>
/// <param name="blocks">How many blocks there are.</param>
/// <param name="lists">How many lists; number 0 is that of the blocks in no list.</param>
internal sealed class BlockLists(int blocks, int lists)
{
    // Behind the blocks stands one end a list, between its last and its first.
    private readonly int[] _next = Ends(blocks, lists);
    private readonly int[] _previous = Ends(blocks, lists);
    private readonly byte[] _listOf = new byte[blocks];
    private readonly int[] _counts = new int[lists];

    /// <summary>Which list a block is in; 0 if in none.</summary>
    public int ListOf(int block) => _listOf[block];

    /// <summary>How many blocks a list has.</summary>
    public int Count(int list) => _counts[list];

    /// <summary>The least recent block of a list, which is not empty.</summary>
    public int Last(int list) => _previous[blocks + list];

    /// <summary>Makes a block the most recent of a list; of none, if that is 0.</summary>
    public void Move(int block, int list)
    {
        int before = _listOf[block];
        if (before != 0)
        {
            _next[_previous[block]] = _next[block];
            _previous[_next[block]] = _previous[block];
            _counts[before]--;
        }

        _listOf[block] = (byte)list;
        if (list == 0)
            return;
        int end = blocks + list;
        int first = _next[end];
        (_next[block], _previous[block]) = (first, end);
        _next[end] = block;
        _previous[first] = block;
        _counts[list]++;
    }

    private static int[] Ends(int blocks, int lists)
    {
        int[] links = new int[blocks + lists];
        for (int i = 0; i < lists; i++)
            links[blocks + i] = blocks + i;
        return links;
    }
}
