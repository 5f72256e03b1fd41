using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>A line of the log.</summary>
internal sealed record LogEntry(int Id, LogLevel Level, string Text, IReadOnlyList<KeyValuePair<string, object?>> Fields)
{
    public object? this[string field] => Fields.Single(pair => pair.Key == field).Value;
}
