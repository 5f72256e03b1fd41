using Akka.Actor;

namespace Akka.Event;

/// <summary>Stands for the class of a log source that is just a string.</summary>
public class DummyClassForStringSources;

/// <summary>Makes logging adapters; translates between the level, its name and its event class.</summary>
public static class Logging
{
    /// <summary>The level OFF: above every event. Not a member of the public enumeration.</summary>
    private const LogLevel OffLevel = (LogLevel)int.MaxValue;

    public static string SimpleName(object o) => SimpleName(o.GetType());

    public static string SimpleName(Type t) => t.Name;

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException($"Log level {logLevel} has no event class; allowed are DebugLevel to ErrorLevel.", nameof(logLevel)),
    };

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        OffLevel => "OFF",
        _ => throw new ArgumentException($"Log level {logLevel} has no name; allowed are DebugLevel to ErrorLevel and OFF.", nameof(logLevel)),
    };

    public static LogLevel LogLevelFor(string logLevel) => logLevel?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => OffLevel,
        _ => throw new ArgumentException($"Unknown log level '{logLevel}'; allowed are DEBUG, INFO, WARNING, ERROR and OFF.", nameof(logLevel)),
    };

    public static LogLevel LogLevelFor<T>() where T : LogEvent =>
        typeof(T) == typeof(Debug) ? LogLevel.DebugLevel
        : typeof(T) == typeof(Info) ? LogLevel.InfoLevel
        : typeof(T) == typeof(Warning) ? LogLevel.WarningLevel
        : typeof(T) == typeof(Error) ? LogLevel.ErrorLevel
        : throw new ArgumentException($"Unknown log event type {typeof(T)}; allowed are Debug, Info, Warning and Error.");

    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter? logMessageFormatter = null) =>
        For(context.System.EventStream, LogSource.Create(context, context.System), logMessageFormatter ?? context.System.Settings.LogFormatter);

    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        For(system.EventStream, LogSource.Create(logSourceObj, system), logMessageFormatter ?? system.Settings.LogFormatter);

    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSourceObj, ILogMessageFormatter? logMessageFormatter = null) =>
        For(loggingBus, LogSource.Create(logSourceObj), logMessageFormatter ?? DefaultLogMessageFormatter.Instance);

    private static BusLogging For(LoggingBus bus, LogSource source, ILogMessageFormatter formatter) => new(bus, source.Source, source.Type, formatter);
}
