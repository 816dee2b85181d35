using System.Diagnostics;

namespace Lamina.Bench.Measuring;

/// <summary>
/// Measures contenders in turn, A B C, B C A, C A B…, so that what disturbs the machine disturbs all of them, and none always
/// follows the same one.
/// </summary>
internal sealed class Rounds
{
    private readonly List<Func<double>> _contenders = [];
    private readonly List<List<double>> _values = [];

    /// <summary>Adds a contender; what it answers is the figure of a round, less being better.</summary>
    /// <returns>The figures, filled by <see cref="Run"/>.</returns>
    public IReadOnlyList<double> Add(Func<double> contender)
    {
        _contenders.Add(contender);
        _values.Add([]);
        return _values[^1];
    }

    /// <param name="count">Rounds that count.</param>
    /// <param name="warmUps">Rounds before them that do not, at least.</param>
    /// <param name="isCollecting">Whether garbage is collected before each figure, so that nobody pays for another one's.</param>
    /// <param name="warmUpTime">How long to warm up, at least: code is compiled for good some time after it has run often.</param>
    public void Run(int count, int warmUps = 1, bool isCollecting = false, TimeSpan warmUpTime = default)
    {
        long begin = Stopwatch.GetTimestamp();
        int round = -warmUps;
        int begun = 0;
        while (round < count)
        {
            for (int turn = 0; turn < _contenders.Count; turn++)
            {
                int i = (turn + begun) % _contenders.Count;
                if (isCollecting)
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }

                double value = _contenders[i]();
                if (round >= 0)
                    _values[i].Add(value);
            }

            begun++;
            if (round != -1 || Stopwatch.GetElapsedTime(begin) >= warmUpTime)
                round++;
        }
    }
}
