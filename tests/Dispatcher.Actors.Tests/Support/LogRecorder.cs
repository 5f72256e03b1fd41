using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>Keeps what is logged, with its fields.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    public ConcurrentQueue<LogEntry> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue(new LogEntry(eventId.Id, logLevel, formatter(state, exception), (IReadOnlyList<KeyValuePair<string, object?>>)state!));

    public void Dispose()
    {
    }
}
