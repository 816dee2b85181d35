namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>Several threads that start together.</summary>
internal static class Crew
{
    /// <summary>Has <paramref name="count"/> threads do something at the same time, and waits for all of them.</summary>
    public static void Works(int count, Action<int> work)
    {
        using Barrier start = new(count);
        List<Exception> failures = [];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                work(index);
            }
            catch (Exception exception)
            {
                lock (failures)
                    failures.Add(exception);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }
}
