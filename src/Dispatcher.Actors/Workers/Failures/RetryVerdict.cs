namespace Dispatcher.Actors.Workers.Failures;

/// <summary>Whether a failed task gets another run.</summary>
internal enum RetryVerdict : byte
{
    /// <summary>It does.</summary>
    Retry,

    /// <summary>It has had all of its attempts.</summary>
    AttemptsSpent,

    /// <summary>Errors of this class are not retried.</summary>
    NotRetriable,

    /// <summary>Its deadline comes before the end of the back-off.</summary>
    TooLate,

    /// <summary>It has taken down as many workers as a task may.</summary>
    Poison,
}
