namespace Dispatcher.Actors.Alerts;

/// <summary>Something that may be worth an alert.</summary>
/// <param name="Event">What it is.</param>
/// <param name="Pool">The pool; null where it is about the process.</param>
/// <param name="Subject">The type of task, or the name of the breaker; null for neither.</param>
/// <param name="ErrorClass">The error class; null where there is no error.</param>
/// <param name="Error">The exception; null where there is none.</param>
internal readonly record struct Occurrence(AlertEvent Event, string? Pool, string? Subject, string? ErrorClass = null, Exception? Error = null);
