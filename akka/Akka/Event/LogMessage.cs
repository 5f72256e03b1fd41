namespace Akka.Event;

/// <summary>A template and its arguments; ToString formats them, on the thread of the logger that asks.</summary>
public abstract class LogMessage
{
    protected readonly ILogMessageFormatter Formatter;

    public LogMessage(ILogMessageFormatter formatter, string format) => (Formatter, Format) = (formatter, format);

    public string Format { get; private set; }

    /// <summary>The arguments as text, for a template that cannot be formatted.</summary>
    public abstract string Unformatted();
    public abstract IEnumerable<object> Parameters();
}

/// <summary>The message behind every logging call with arguments.</summary>
internal sealed class TemplateLogMessage(ILogMessageFormatter formatter, string format, object[] args) : LogMessage(formatter, format)
{
    public override string Unformatted() => string.Join(",", args);
    public override IEnumerable<object> Parameters() => args;
    public override string ToString() => Formatter.Format(Format, args);
}
