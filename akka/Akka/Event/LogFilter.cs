using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Actor.Setup;

namespace Akka.Event;

/// <summary>What a filter looks at. Only Content needs the formatted message.</summary>
public enum LogFilterType { Source, Content }

/// <summary>What a filter says of an event.</summary>
public enum LogFilterDecision { Keep, Drop, NoDecision }

/// <summary>Drops events before a logger writes them; an event is written if no filter drops it.</summary>
public abstract class LogFilterBase : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    public abstract LogFilterType FilterType { get; }
    public abstract LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null);
}

/// <summary>Runs the filters over an event.</summary>
public class LogFilterEvaluator(LogFilterBase[] filters)
{
    public static readonly LogFilterEvaluator NoFilters = new([]);

    public bool EvaluatesLogSourcesOnly { get; } = Array.TrueForAll(filters, f => f.FilterType == LogFilterType.Source);

    /// <summary>True if the event is to be written, as <paramref name="expandedLogMessage"/>. A source filter that drops saves the formatting.</summary>
    public virtual bool ShouldTryKeepMessage(LogEvent evt, out string expandedLogMessage)
    {
        expandedLogMessage = EvaluatesLogSourcesOnly ? "" : evt.ToString();
        foreach (var filter in filters)
            if (filter.ShouldKeepMessage(evt, EvaluatesLogSourcesOnly ? null : expandedLogMessage) == LogFilterDecision.Drop) return false;
        if (EvaluatesLogSourcesOnly) expandedLogMessage = evt.ToString();
        return true;
    }
}

/// <summary>Hands filters to an actor system.</summary>
public sealed class LogFilterSetup(LogFilterBase[] filters) : Setup
{
    public LogFilterBase[] Filters { get; } = filters;

    public LogFilterEvaluator CreateEvaluator() => new(Filters);
}

/// <summary>Collects filters.</summary>
public sealed class LogFilterBuilder
{
    private readonly List<LogFilterBase> _filters = [];

    public LogFilterBuilder ExcludeSourceExactly(string source, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        Exclude(LogFilterType.Source, text => text.Equals(source, comparison));
    public LogFilterBuilder ExcludeSourceStartingWith(string sourceStart) => Exclude(LogFilterType.Source, text => text.StartsWith(sourceStart, StringComparison.Ordinal));
    public LogFilterBuilder ExcludeSourceContaining(string sourcePart) => Exclude(LogFilterType.Source, text => text.Contains(sourcePart, StringComparison.Ordinal));
    public LogFilterBuilder ExcludeSourceEndingWith(string sourceEnd) => Exclude(LogFilterType.Source, text => text.EndsWith(sourceEnd, StringComparison.Ordinal));
    public LogFilterBuilder ExcludeSourceRegex(Regex regex) => Exclude(LogFilterType.Source, regex.IsMatch);
    public LogFilterBuilder ExcludeMessageContaining(string messagePart) => Exclude(LogFilterType.Content, text => text.Contains(messagePart, StringComparison.Ordinal));
    public LogFilterBuilder ExcludeMessageRegex(Regex regex) => Exclude(LogFilterType.Content, regex.IsMatch);
    public LogFilterBuilder Add(LogFilterBase filter) => AddRange([filter]);

    public LogFilterBuilder AddRange(IEnumerable<LogFilterBase> filters)
    {
        _filters.AddRange(filters);
        return this;
    }

    public LogFilterSetup Build() => new([.. _filters]);
    private LogFilterBuilder Exclude(LogFilterType type, Predicate<string> matches) => Add(new TextLogFilter(type, matches));

    private sealed class TextLogFilter(LogFilterType type, Predicate<string> matches) : LogFilterBase
    {
        public override LogFilterType FilterType => type;

        public override LogFilterDecision ShouldKeepMessage(LogEvent content, string? expandedMessage = null)
        {
            var text = type == LogFilterType.Source ? content.LogSource : expandedMessage;
            if (text is null) return LogFilterDecision.NoDecision;
            return matches(text) ? LogFilterDecision.Drop : LogFilterDecision.Keep;
        }
    }
}
