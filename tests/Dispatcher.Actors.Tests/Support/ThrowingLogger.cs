using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>A logger that throws at every line, as one whose disk is full may.</summary>
internal sealed class ThrowingLogger : ILoggerProvider, ILogger
{
    private int _lines;

    /// <summary>How often it has thrown.</summary>
    public int Lines => Volatile.Read(ref _lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _lines);
        throw new IOException("the log's disk is full");
    }

    public void Dispose()
    {
    }
}
