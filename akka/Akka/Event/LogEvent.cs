using System.Globalization;
using Akka.Actor;

namespace Akka.Event;

/// <summary>Something that was logged: when, where, by whom and what.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    protected LogEvent() : this(null, "", typeof(DummyClassForStringSources), "") { }

    private protected LogEvent(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    public Exception? Cause { get; protected set; }
    public DateTime Timestamp { get; private set; } = TimeProvider.System.GetUtcNow().UtcDateTime;
    public Thread Thread { get; private set; } = Thread.CurrentThread;
    public string LogSource { get; protected set; }
    public Type LogClass { get; protected set; }
    public object Message { get; protected set; }

    public abstract LogLevel LogLevel();

    public override string ToString() => Cause is null ? Line(Message) : Line(Message) + Environment.NewLine + "Cause: " + Cause;

    internal string Line(object message) => string.Create(CultureInfo.InvariantCulture,
        $"[{LogLevel().StringFor()}][{Timestamp:yyyy-MM-dd HH:mm:ss.fff}Z][Thread {Thread.ManagedThreadId:D4}][{LogSource}] {message}");
}

/// <summary>An event of interest to whoever hunts a bug.</summary>
public class Debug(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    public Debug(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>An event of interest to whoever runs the system.</summary>
public class Info(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    public Info(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

/// <summary>Something that should not be, and that was coped with.</summary>
public class Warning(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    public Warning(string logSource, Type logClass, object message) : this(null, logSource, logClass, message) { }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

/// <summary>Something that failed.</summary>
public class Error(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
