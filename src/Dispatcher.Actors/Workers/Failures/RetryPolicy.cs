using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Workers.Failures;

/// <summary>Decides by numbers and by the error whether a failed task gets another attempt, and after which back-off.</summary>
internal sealed class RetryPolicy
{
    private readonly ErrorPattern[] _on;

    /// <summary>Makes a policy.</summary>
    /// <param name="settings">What it decides by.</param>
    public RetryPolicy(RetrySettings settings)
    {
        Settings = settings;
        _on = ErrorPattern.ParseAll(settings.On);
    }

    /// <summary>What it decides by.</summary>
    public RetrySettings Settings { get; }

    /// <summary>Decides about a task whose handler failed.</summary>
    /// <param name="error">What it failed with.</param>
    /// <param name="errorClass">The error's class.</param>
    /// <param name="attempt">Which attempt that was; 1 for the first.</param>
    /// <param name="left">How much of the task's time is left; null without a limit.</param>
    /// <param name="random">A random number, from 0 to 1.</param>
    public RetryDecision Decide(Exception error, string errorClass, int attempt, TimeSpan? left, double random)
    {
        if (attempt >= Settings.Attempts)
            return new RetryDecision(RetryVerdict.AttemptsSpent, default);
        return ErrorPattern.AnyMatches(_on, error, errorClass) ? Delay(attempt, left, random) : new RetryDecision(RetryVerdict.NotRetriable, default);
    }

    /// <summary>Decides about a task whose worker went down under it: no attempt of the task's, but not for ever.</summary>
    /// <param name="crashes">How many workers have gone down under it, this one included.</param>
    /// <param name="poisonAfter">How many may.</param>
    /// <param name="left">How much of the task's time is left; null without a limit.</param>
    /// <param name="random">A random number, from 0 to 1.</param>
    public RetryDecision DecideCrash(int crashes, int poisonAfter, TimeSpan? left, double random) =>
        crashes >= poisonAfter ? new RetryDecision(RetryVerdict.Poison, default) : Delay(crashes, left, random);

    private RetryDecision Delay(int failures, TimeSpan? left, double random)
    {
        TimeSpan delay = BackoffPolicy.WithFullJitter(failures, Settings.BackoffFirst, Settings.BackoffMax, random);
        return delay >= left ? new RetryDecision(RetryVerdict.TooLate, default) : new RetryDecision(RetryVerdict.Retry, delay);
    }
}
