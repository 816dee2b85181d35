using System.Diagnostics;
using System.Globalization;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Gives a target one changed input after the other, until the time is over or a law is broken.</summary>
/// <remarks>Inputs with a new outcome join the corpus, so that later ones go on from where they came to.</remarks>
internal sealed class FuzzRun(IFuzzTarget target, int seed, TimeSpan duration)
{
    private const int MaxLearned = 4096;
    private const int StackSize = 64 * 1024 * 1024;

    // Far above what any input takes, also on a machine that is busy with other things.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _corpus = [];
    private readonly Dictionary<string, long> _outcomes = new(StringComparer.Ordinal);
    private byte[] _input = [];
    private long _started;
    private long _executions;
    private Exception? _broken;
    private volatile bool _isOver;

    /// <summary>Runs the target.</summary>
    /// <returns>What was done, in a line for people.</returns>
    public string Run()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Thread worker = new(Work, StackSize) { IsBackground = true };
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        worker.Start();
        while (!worker.Join(TimeSpan.FromMilliseconds(100)))
        {
            _isOver = watch.Elapsed >= duration;
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) > Hang)
                Assert.Fail(Describe($"an execution takes more than {Hang.TotalSeconds} seconds"));
        }

        if (_broken is not null)
            Assert.Fail(Describe(_broken.ToString()));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {_executions} executions in {watch.Elapsed.TotalSeconds:F1} s, {_executions / watch.Elapsed.TotalSeconds:F0} a second, "
            + $"{_outcomes.Count} outcomes, {Accepted} accepted, corpus {_corpus.Count}, seed {seed}");
    }

    private long Accepted => _outcomes.Where(static outcome => outcome.Key.StartsWith("accepted", StringComparison.Ordinal)).Sum(static outcome => outcome.Value);

    private void Work()
    {
        try
        {
            foreach (byte[] input in target.Seeds(_random))
            {
                Execute(input);
                _corpus.Add(input);
            }

            int seeds = _corpus.Count;
            while (!_isOver)
            {
                byte[] input = target.Mutate(Pick(), Pick(), _random);
                if (Execute(input) && _corpus.Count < seeds + MaxLearned)
                    _corpus.Add(input);
            }
        }
        catch (Exception e)
        {
            // Whatever comes out is the finding; the thread that waits reports it.
            _broken = e;
        }
    }

    private byte[] Pick() => _corpus[_random.Next(_corpus.Count)];

    private bool Execute(byte[] input)
    {
        _input = input;
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        string outcome = target.Check(input);
        _executions++;
        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
        return _outcomes[outcome] == 1;
    }

    private string Describe(string what) => string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name}, seed {seed}, execution {_executions + 1}: {what}\nThe input is {FuzzFiles.Save(target, _input)}. "
        + $"Moved to fixtures/fuzz/{target.Name}/ it is tried in every run.");
}
