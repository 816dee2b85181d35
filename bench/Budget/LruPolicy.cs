namespace Lamina.Bench.Budget;

/// <summary>Evicts what was not touched for longest.</summary>
internal sealed class LruPolicy(int blocks, int capacity) : ICachePolicy
{
    private const int Resident = 1;

    private readonly BlockLists _lists = new(blocks, 2);

    public string Name => "LRU";

    public bool Access(int block)
    {
        bool hit = _lists.ListOf(block) == Resident;
        if (!hit && _lists.Count(Resident) == capacity)
            _lists.Move(_lists.Last(Resident), 0);
        _lists.Move(block, Resident);
        return hit;
    }
}
