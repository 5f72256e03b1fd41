namespace Dispatcher.Actors.Diagnosis;

/// <summary>How long tasks of a type run.</summary>
/// <param name="Ended">How many the quantile stands for.</param>
/// <param name="P99">99 of 100 took no longer.</param>
internal readonly record struct RunTimes(long Ended, TimeSpan P99);
