namespace Dispatcher.Benchmarks.Runner;

/// <summary>One peer, set up and ready: made once a workload, run in every round, disposed of at the end.</summary>
internal interface IContestant : IAsyncDisposable
{
    /// <summary>Does <see cref="Round.Operations"/> operations and returns when the last of them is done.</summary>
    Task RunAsync(Round round);
}
