namespace Lamina.Bench.Budget;

/// <summary>ARC (N. Megiddo and D. S. Modha, "ARC: A Self-Tuning, Low Overhead Replacement Cache", 2003), as its figure 4 has it.</summary>
internal sealed class ArcPolicy(int blocks, int capacity) : ICachePolicy
{
    private const int T1 = 1;
    private const int T2 = 2;
    private const int B1 = 3;
    private const int B2 = 4;

    private readonly BlockLists _lists = new(blocks, 5);
    private double _target;

    public string Name => "ARC";

    public bool Access(int block)
    {
        int list = _lists.ListOf(block);
        switch (list)
        {
            case T1 or T2:
                _lists.Move(block, T2);
                return true;

            case B1:
                _target = Math.Min(capacity, _target + Math.Max(1, (double)_lists.Count(B2) / _lists.Count(B1)));
                Replace(isInB2: false);
                _lists.Move(block, T2);
                return false;

            case B2:
                _target = Math.Max(0, _target - Math.Max(1, (double)_lists.Count(B1) / _lists.Count(B2)));
                Replace(isInB2: true);
                _lists.Move(block, T2);
                return false;
        }

        int first = _lists.Count(T1) + _lists.Count(B1);
        int all = first + _lists.Count(T2) + _lists.Count(B2);
        if (first == capacity)
        {
            if (_lists.Count(T1) < capacity)
            {
                _lists.Move(_lists.Last(B1), 0);
                Replace(isInB2: false);
            }
            else
            {
                _lists.Move(_lists.Last(T1), 0);
            }
        }
        else if (all >= capacity)
        {
            if (all == 2 * capacity)
                _lists.Move(_lists.Last(B2), 0);
            Replace(isInB2: false);
        }

        _lists.Move(block, T1);
        return false;
    }

    private void Replace(bool isInB2)
    {
        int recent = _lists.Count(T1);
        if (recent > 0 && (recent > _target || (isInB2 && recent == (int)_target)))
            _lists.Move(_lists.Last(T1), B1);
        else
            _lists.Move(_lists.Last(T2), B2);
    }
}
