using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Lamina.Hosting.Tests;

/// <summary>Remembers what is logged.</summary>
internal sealed class RecordingLogger : ILogger, ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, EventId Event, string Message, Exception? Exception)> Lines { get; } = new();

    public Action<EventId>? Written { get; set; }

    private string _category = "";

    public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

    public RecordingLogger()
    {
    }

    private RecordingLogger(RecordingLogger parent, string category)
    {
        Lines = parent.Lines;
        Written = id => parent.Written?.Invoke(id);
        _category = category;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue((_category, logLevel, eventId, formatter(state, exception), exception));
        Written?.Invoke(eventId);
    }

    public void Dispose() => _category = "";
}
