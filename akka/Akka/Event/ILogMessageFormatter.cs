namespace Akka.Event;

/// <summary>Fills a log template with its arguments.</summary>
public interface ILogMessageFormatter
{
    string Format(string format, params object[] args);
    string Format(string format, IEnumerable<object> args);
}

/// <summary>Formats by position, as string.Format does.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter() { }

    public string Format(string format, params object[] args) => args.Length == 0 ? format : string.Format(format, args);
    public string Format(string format, IEnumerable<object> args) => Format(format, args as object[] ?? [.. args]);
}
