namespace Akka.Event;

/// <summary>Publishes log events on a bus. Its level is the bus' level when it was made: a later change of that does not reach it.</summary>
public sealed class BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter) : LoggingAdapterBase(logMessageFormatter)
{
    private readonly LogLevel _level = bus.LogLevel;

    public LoggingBus Bus { get; } = bus;
    public string LogSource { get; } = logSource;
    public Type LogClass { get; } = logClass;
    public override bool IsDebugEnabled => _level <= LogLevel.DebugLevel;
    public override bool IsInfoEnabled => _level <= LogLevel.InfoLevel;
    public override bool IsWarningEnabled => _level <= LogLevel.WarningLevel;
    public override bool IsErrorEnabled => _level <= LogLevel.ErrorLevel;

    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null) => Bus.Publish(logLevel switch
    {
        LogLevel.DebugLevel => new Debug(cause, LogSource, LogClass, message),
        LogLevel.InfoLevel => new Info(cause, LogSource, LogClass, message),
        LogLevel.WarningLevel => new Warning(cause, LogSource, LogClass, message),
        LogLevel.ErrorLevel => (LogEvent)new Error(cause, LogSource, LogClass, message),
        _ => throw new ArgumentOutOfRangeException(nameof(logLevel), logLevel, "Allowed are DebugLevel to ErrorLevel."),
    });
}
