using Dispatcher.Actors;

namespace Dispatcher.TestKit;

/// <summary>A call of a scripted handler, as it was when it began.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <param name="Number">Its number among the handler's calls, from 1.</param>
/// <param name="Task">The task.</param>
/// <param name="Id">The task's id.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Key">The task's key.</param>
/// <param name="Tenant">The task's tenant.</param>
/// <param name="Remaining">How much time it had; null without a limit.</param>
/// <param name="At">When it began, by the script's time.</param>
/// <param name="CancellationToken">Its token.</param>
public sealed record HandlerCall<TTask>(
    int Number, TTask Task, TaskId Id, int Attempt, string? Key, string? Tenant, TimeSpan? Remaining, DateTimeOffset At, CancellationToken CancellationToken);
