namespace Dispatcher.Actors.Workers.Failures;

/// <summary>The class that a failure is sorted into: the name of the exception's type, or one of those here that are no exception's own.</summary>
internal static class ErrorClasses
{
    /// <summary>A try took longer than it may.</summary>
    public const string TryTimeout = "TryTimeout";

    /// <summary>A cancellation that the pool did not ask for: some other token, or none.</summary>
    public const string ForeignCancellation = "ForeignCancellation";

    /// <summary>The task took several workers down.</summary>
    public const string Poison = "Poison";

    /// <summary>The class of an exception that a handler threw. One that only wraps another is sorted by what it wraps.</summary>
    /// <param name="error">The exception.</param>
    public static string Of(Exception error)
    {
        Exception core = Unwrap(error);
        return core is OperationCanceledException ? ForeignCancellation : core.GetType().Name;
    }

    /// <summary>What an exception is about: the one that an <see cref="AggregateException"/> of one wraps.</summary>
    /// <param name="error">The exception.</param>
    public static Exception Unwrap(Exception error) =>
        error is AggregateException { InnerExceptions: [{ } only] } ? Unwrap(only) : error;
}
