using System.Collections;
using System.Globalization;
using Akka.Actor;
using Akka.Event;

namespace Akka.Hosting.Logging;

/// <summary>
/// What a log provider gets for one log event: the text, and fields for those that take them: the arguments by their names in the template,
/// ActorPath, Timestamp, Thread, LogSource and {OriginalFormat}. Both are made when first asked for.
/// </summary>
internal sealed class LogState(LogEvent log, ActorPath path) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private List<KeyValuePair<string, object?>>? _fields;
    private string? _text;

    public int Count => Fields.Count;
    public KeyValuePair<string, object?> this[int index] => Fields[index];
    private List<KeyValuePair<string, object?>> Fields => _fields ??= CreateFields();

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Fields.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => _text ??= CreateText();

    private string CreateText()
    {
        try
        {
            return log.ToString();
        }
        catch (FormatException) when (log.Message is LogMessage message)
        {
            // The caller's template does not fit its arguments: show both, the entry itself must not be lost.
            return $"Malformed log message from {log.LogSource}: template [{message.Format}], arguments [{message.Unformatted()}].";
        }
    }

    private List<KeyValuePair<string, object?>> CreateFields()
    {
        var fields = new List<KeyValuePair<string, object?>>(8);
        var message = log.Message as LogMessage;
        if (message is not null) AddArguments(fields, message.Format, [.. message.Parameters()]);
        fields.Add(new("ActorPath", path.ToString()));
        fields.Add(new("Timestamp", log.Timestamp));
        fields.Add(new("Thread", log.Thread.ManagedThreadId));
        fields.Add(new("LogSource", log.LogSource));
        fields.Add(new("{OriginalFormat}", message?.Format ?? log.Message?.ToString()));
        return fields;
    }

    /// <summary>Pairs "{0}" with the argument of that index and "{Name}" with the next argument in order.</summary>
    private static void AddArguments(List<KeyValuePair<string, object?>> fields, string template, object[] arguments)
    {
        var next = 0;
        for (int open = template.IndexOf('{'), length; open >= 0 && open < template.Length - 1; open = template.IndexOf('{', open + length))
        {
            // "{{" stands for a brace and opens no hole.
            length = template[open + 1] == '{' ? 2 : template.AsSpan(open).IndexOfAny(",:}");
            if (length < 0) return;
            if (template[open + 1] == '{') continue;

            var name = template.Substring(open + 1, length - 1);
            var index = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : next++;
            if (index < arguments.Length && !fields.Exists(field => field.Key == name)) fields.Add(new(name, arguments[index]));
        }
    }
}
