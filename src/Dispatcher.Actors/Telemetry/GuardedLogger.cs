using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Actors.Telemetry;

/// <summary>A service's logger, whose providers may throw: then the line is lost and counted, and whoever logs goes on.</summary>
internal sealed class GuardedLogger : ILogger
{
    private readonly ILogger _logger;
    private readonly TelemetryFaults _faults;

    private GuardedLogger(ILogger logger, TelemetryFaults faults)
    {
        _logger = logger;
        _faults = faults;
    }

    /// <summary>Guards a logger.</summary>
    /// <param name="logger">The logger; null for none.</param>
    /// <param name="faults">Where what it throws is counted.</param>
    public static ILogger Around(ILogger? logger, TelemetryFaults faults) => logger == null ? NullLogger.Instance : new GuardedLogger(logger, faults);

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            _faults.Count(TelemetrySink.Log);
        }
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return _logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            _faults.Count(TelemetrySink.Log);
            return false;
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null; // nobody here has scopes
}
