namespace Lamina.Bench.Budget;

/// <summary>Evicts the next block that was not touched since the hand passed it.</summary>
internal sealed class ClockPolicy(int blocks, int capacity) : ICachePolicy
{
    private readonly int[] _frames = new int[capacity];
    private readonly bool[] _isResident = new bool[blocks];
    private readonly bool[] _isTouched = new bool[blocks];
    private int _count;
    private int _hand;

    public string Name => "CLOCK";

    public bool Access(int block)
    {
        if (_isResident[block])
        {
            _isTouched[block] = true;
            return true;
        }

        _isResident[block] = true;
        if (_count < capacity)
        {
            _frames[_count++] = block;
            return false;
        }

        while (_isTouched[_frames[_hand]])
        {
            _isTouched[_frames[_hand]] = false;
            _hand = (_hand + 1) % capacity;
        }

        _isResident[_frames[_hand]] = false;
        _frames[_hand] = block;
        _hand = (_hand + 1) % capacity;
        return false;
    }
}
