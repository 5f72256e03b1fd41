namespace Dispatcher.Actors.Dispatch;

/// <summary>Another run for a failed task.</summary>
/// <param name="At">When, a timestamp.</param>
/// <param name="Index">Its place among the delayed, taken for it.</param>
internal readonly record struct RetryPlan(long At, int Index);
