using Lamina.Format.Publishing;

namespace Lamina;

/// <summary>Calls back when a manifest was published in a folder; calls never overlap.</summary>
internal sealed class ManifestWatcher : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly Action _published;
    private int _pending;

    /// <param name="folder">The folder.</param>
    /// <param name="published">Called on a thread of the pool.</param>
    /// <param name="failed">Told why nothing may be heard any more, on any thread.</param>
    public ManifestWatcher(string folder, Action published, Action<Exception> failed)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder} is not there, so it cannot be watched.");
        _published = published;
        _watcher = new FileSystemWatcher(folder, DataSetManifest.FileName)
        {
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite,
        };
        _watcher.Renamed += (_, _) => Schedule();
        _watcher.Created += (_, _) => Schedule();
        _watcher.Changed += (_, _) => Schedule();
        _watcher.Error += (_, error) =>
        {
            // Too many events at once: some are lost, so that something may have been published. Anything else is the end.
            if (error.GetException() is InternalBufferOverflowException)
                Schedule();
            else
                failed(error.GetException());
        };
        try
        {
            _watcher.EnableRaisingEvents = true;
        }
        catch
        {
            _watcher.Dispose();
            throw;
        }
    }

    public void Dispose() => _watcher.Dispose();

    // The first event since the last call starts one; the others find it not begun, or running, which looks again.
    private void Schedule()
    {
        if (Interlocked.Increment(ref _pending) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(static watcher => watcher.Run(), this, preferLocal: false);
    }

    private void Run()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _pending);
            _published();
        }
        while (Interlocked.Add(ref _pending, -seen) > 0);
    }
}
