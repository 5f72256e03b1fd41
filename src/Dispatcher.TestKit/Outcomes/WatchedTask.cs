using Dispatcher.Actors;

namespace Dispatcher.TestKit;

/// <summary>A task of a probe.</summary>
/// <typeparam name="TResult">What its handler returns.</typeparam>
/// <param name="Outcome">Its outcome.</param>
/// <param name="State">How far it is.</param>
internal sealed record WatchedTask<TResult>(Task<TaskOutcome<TResult>> Outcome, Func<string> State);
