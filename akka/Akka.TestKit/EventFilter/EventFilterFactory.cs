using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Makes event filters. Of <c>message</c> (equal), <c>start</c> and <c>contains</c> the first that is given counts; <c>source</c> is the
/// log source, or its path without address. Needs the <see cref="TestEventListener"/> among the system's loggers.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly LogEventFilter[] _filters;

    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, LogEventFilter[] filters) => (_testkit, _system, _filters) = (testkit, system, filters);

    public IEventFilterApplier Debug(string? message = null, string? start = null, string? contains = null, string? source = null) => Level<Debug>(Text(message, start, contains), source);
    public IEventFilterApplier Debug(Regex pattern, string? source = null) => Level<Debug>(Text(pattern), source);
    public IEventFilterApplier Info(string? message = null, string? start = null, string? contains = null, string? source = null) => Level<Info>(Text(message, start, contains), source);
    public IEventFilterApplier Info(Regex pattern, string? source = null) => Level<Info>(Text(pattern), source);
    public IEventFilterApplier Warning(string? message = null, string? start = null, string? contains = null, string? source = null) => Level<Warning>(Text(message, start, contains), source);
    public IEventFilterApplier Warning(Regex pattern, string? source = null) => Level<Warning>(Text(pattern), source);
    public IEventFilterApplier Error(string? message = null, string? start = null, string? contains = null, string? source = null) => Errors(null, Text(message, start, contains), source, false);
    public IEventFilterApplier Error(Regex pattern, string? source = null) => Errors(null, Text(pattern), source, false);
    public IEventFilterApplier Exception<TException>(string? message = null, string? start = null, string? contains = null, string? source = null) where TException : Exception =>
        Errors(typeof(TException), Text(message, start, contains), source, false);
    public IEventFilterApplier Exception<TException>(Regex pattern, string? source = null) where TException : Exception => Errors(typeof(TException), Text(pattern), source, false);
    public IEventFilterApplier Exception(Type exceptionType, string? message = null, string? start = null, string? contains = null, string? source = null, bool checkInnerExceptions = false) =>
        Errors(exceptionType, Text(message, start, contains), source, checkInnerExceptions);
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string? source = null, bool checkInnerExceptions = false) =>
        Errors(exceptionType, Text(pattern), source, checkInnerExceptions);
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string? message = null, string? start = null, string? contains = null, string? source = null) =>
        ForLogLevel(logLevel, Text(message, start, contains), source);
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string? source = null) => ForLogLevel(logLevel, Text(pattern), source);
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => CreateApplier("a custom filter", e => predicate(e));
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        CreateApplier($"a custom filter of {typeof(TLogEvent).Name}", e => e is TLogEvent typed && predicate(typed));
    public IEventFilterApplier DeadLetter() => DeadLetters("any", static _ => true, null);
    public IEventFilterApplier DeadLetter<TMessage>(string? source = null) => DeadLetters(typeof(TMessage).Name, static m => m is TMessage, source);
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string? source = null) => DeadLetters(typeof(TMessage).Name, m => m is TMessage message && isMatch(message), source);
    public IEventFilterApplier DeadLetter(Type type, string? source = null) => DeadLetters(type.Name, type.IsInstanceOfType, source);
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string? source = null) => DeadLetters(type.Name, m => type.IsInstanceOfType(m) && isMatch(m), source);

    private IEventFilterApplier CreateApplier(string name, Func<LogEvent, bool> isMatch) =>
        new EventFilterApplier(_testkit, _system, [.. _filters, new LogEventFilter(name, isMatch)]);

    private IEventFilterApplier ForLogLevel(LogLevel level, (string Name, Func<string?, bool> Match) text, string? source) => level switch
    {
        LogLevel.DebugLevel => Level<Debug>(text, source),
        LogLevel.InfoLevel => Level<Info>(text, source),
        LogLevel.WarningLevel => Level<Warning>(text, source),
        LogLevel.ErrorLevel => Errors(null, text, source, false),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Not a log level")
    };

    private IEventFilterApplier Level<TEvent>((string Name, Func<string?, bool> Match) text, string? source) where TEvent : LogEvent =>
        CreateApplier($"{typeof(TEvent).Name}{text.Name}{From(source)}", e => e is TEvent && IsFrom(e, source) && text.Match(e.Message?.ToString()));

    private IEventFilterApplier Errors(Type? exceptionType, (string Name, Func<string?, bool> Match) text, string? source, bool checkInner)
    {
        if (exceptionType is not null && !typeof(Exception).IsAssignableFrom(exceptionType)) throw new ArgumentException($"{exceptionType} is not an exception", nameof(exceptionType));
        var name = $"Error{(exceptionType is null ? "" : $" caused by {exceptionType.Name}")}{text.Name}{From(source)}";
        return CreateApplier(name, e => e is Error && IsFrom(e, source) && Matches(e.Cause, e.Message?.ToString()));

        bool Matches(Exception? cause, string? logged) =>
            cause is null ? exceptionType is null && text.Match(logged)
            : ((exceptionType is null || exceptionType.IsInstanceOfType(cause)) && (text.Match(logged) || text.Match(cause.Message)))
              || (checkInner && cause.InnerException is { } inner && Matches(inner, logged));
    }

    private IEventFilterApplier DeadLetters(string name, Func<object, bool> isMatch, string? source) =>
        CreateApplier($"DeadLetter of {name}{From(source)}", e => e is Warning { Message: DeadLetter letter } && IsFrom(e, source) && isMatch(letter.Message));

    private static (string Name, Func<string?, bool> Match) Text(string? message, string? start, string? contains) =>
        message is not null ? ($" equal to \"{message}\"", text => string.Equals(text, message, StringComparison.OrdinalIgnoreCase))
        : start is not null ? ($" starting with \"{start}\"", text => text?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true)
        : contains is not null ? ($" containing \"{contains}\"", text => text?.Contains(contains, StringComparison.OrdinalIgnoreCase) == true)
        : ("", static _ => true);

    private static (string Name, Func<string?, bool> Match) Text(Regex pattern) => ($" matching \"{pattern}\"", text => text is not null && pattern.IsMatch(text));
    private static string From(string? source) => source is null ? "" : $" from {source}";

    private static bool IsFrom(LogEvent logEvent, string? source) => source is null
        || string.Equals(source, logEvent.LogSource, StringComparison.OrdinalIgnoreCase)
        || (ActorPath.TryParse(logEvent.LogSource, out var path) && string.Equals(source, path!.ToStringWithoutAddress(), StringComparison.OrdinalIgnoreCase));
}
