using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Akka.Contract.Tests.Hosting;

internal sealed record LogEntry(string Category, LogLevel Level, string Text, object? State, Exception? Exception)
{
    /// <summary>The structured fields, empty where the state has none.</summary>
    public IReadOnlyDictionary<string, object?> Fields { get; } = State is IEnumerable<KeyValuePair<string, object?>> fields
        ? new Dictionary<string, object?>(fields)
        : new Dictionary<string, object?>();
}

/// <summary>Keeps what is logged, for a test to wait for.</summary>
internal sealed class CapturingLoggerProvider : ILoggerProvider
{
    private readonly Channel<LogEntry> _entries = Channel.CreateUnbounded<LogEntry>();

    public ConcurrentQueue<LogEntry> Seen { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Capture(this, categoryName);

    /// <summary>The next entry that fits; those before it are skipped.</summary>
    public async Task<LogEntry> FirstAsync(Func<LogEntry, bool> fits)
    {
        using var limit = new CancellationTokenSource(AkkaHost.Limit);
        while (true)
        {
            var entry = await _entries.Reader.ReadAsync(limit.Token);
            if (fits(entry)) return entry;
        }
    }

    public void Dispose()
    {
    }

    private sealed class Capture(CapturingLoggerProvider owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var entry = new LogEntry(category, logLevel, formatter(state, exception), state, exception);
            owner.Seen.Enqueue(entry);
            owner._entries.Writer.TryWrite(entry);
        }
    }
}
