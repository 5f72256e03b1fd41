namespace Akka.Event;

/// <summary>Base of logging adapters: drops what is below the level before it reaches <see cref="NotifyLog"/>.</summary>
public abstract class LoggingAdapterBase : ILoggingAdapter
{
    protected LoggingAdapterBase(ILogMessageFormatter logMessageFormatter)
    {
        ArgumentNullException.ThrowIfNull(logMessageFormatter);
        Formatter = logMessageFormatter;
    }

    public ILogMessageFormatter Formatter { get; }
    public abstract bool IsDebugEnabled { get; }
    public abstract bool IsInfoEnabled { get; }
    public abstract bool IsWarningEnabled { get; }
    public abstract bool IsErrorEnabled { get; }

    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => IsDebugEnabled,
        LogLevel.InfoLevel => IsInfoEnabled,
        LogLevel.WarningLevel => IsWarningEnabled,
        LogLevel.ErrorLevel => IsErrorEnabled,
        _ => throw new NotSupportedException($"Unknown log level {logLevel}; allowed are DebugLevel to ErrorLevel."),
    };

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (IsEnabled(logLevel)) NotifyLog(logLevel, message, cause);
    }

    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
        if (IsEnabled(logLevel)) NotifyLog(logLevel, format, cause);
    }

    protected abstract void NotifyLog(LogLevel logLevel, object message, Exception? cause = null);
}
