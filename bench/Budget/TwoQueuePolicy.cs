namespace Lamina.Bench.Budget;

/// <summary>2Q in its full version (T. Johnson and D. Shasha, 1994), with the sizes its authors recommend: a quarter and a half.</summary>
internal sealed class TwoQueuePolicy(int blocks, int capacity) : ICachePolicy
{
    private const int In = 1;
    private const int Main = 2;
    private const int Out = 3;

    private readonly BlockLists _lists = new(blocks, 4);

    public string Name => "2Q";

    public bool Access(int block)
    {
        switch (_lists.ListOf(block))
        {
            case Main:
                _lists.Move(block, Main);
                return true;

            case In:
                return true;

            case Out:
                MakeRoom();
                _lists.Move(block, Main);
                return false;

            default:
                MakeRoom();
                _lists.Move(block, In);
                return false;
        }
    }

    private void MakeRoom()
    {
        if (_lists.Count(In) + _lists.Count(Main) < capacity)
            return;
        if (_lists.Count(In) > capacity / 4 || _lists.Count(Main) == 0)
        {
            _lists.Move(_lists.Last(In), Out);
            if (_lists.Count(Out) > capacity / 2)
                _lists.Move(_lists.Last(Out), 0);
        }
        else
        {
            _lists.Move(_lists.Last(Main), 0);
        }
    }
}
