namespace Dispatcher.Actors.Workers.Failures;

/// <summary>What becomes of a failed task.</summary>
/// <param name="Verdict">Whether it gets another run.</param>
/// <param name="Delay">When, from now; zero unless it does.</param>
internal readonly record struct RetryDecision(RetryVerdict Verdict, TimeSpan Delay);
