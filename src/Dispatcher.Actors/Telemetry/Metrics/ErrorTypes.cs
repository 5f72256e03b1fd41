using System.Collections.Concurrent;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>The values of an attribute that names errors, and a bound on how many there are: handlers may throw what they like.</summary>
internal sealed class ErrorTypes
{
    /// <summary>All further ones.</summary>
    public const string Other = "_OTHER";

    private const int Most = 64;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The value for an error.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The name, or <see cref="Other"/>. Threads that come at the same moment may add a few beyond the bound.</returns>
    public string Of(string name)
    {
        if (_known.TryGetValue(name, out string? known))
            return known;
        return _known.Count < Most ? _known.GetOrAdd(name, name) : Other;
    }
}
