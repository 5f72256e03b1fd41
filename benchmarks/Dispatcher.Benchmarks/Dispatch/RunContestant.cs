using System.Diagnostics;
using Dispatcher.Actors;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>Request and reply through a pool: each caller awaits an outcome, then asks again.</summary>
internal sealed class RunContestant : IContestant
{
    private readonly TestPool _pool;
    private readonly TaskOptions? _options;
    private readonly int _callers;

    private RunContestant(int workers, int callers, TaskOptions? options)
    {
        _callers = callers;
        _options = options;
        _pool = new TestPool(workers, Math.Max(ChannelSink.Capacity, callers), static pool => pool.Handle<NopTask, int>(NopTask.HandleAsync));
    }

    public static Peer Peer(int workers, int callers) => new(DispatchSuite.Pool, () => new RunContestant(workers, callers, null));

    public static Peer PeerWithDeadlines(int workers, int callers) =>
        new("pool, with deadlines", () => new RunContestant(workers, callers, new TaskOptions { Deadline = TimeSpan.FromSeconds(30), RunBudget = TimeSpan.FromSeconds(10) }));

    public Task RunAsync(Round round)
    {
        var latencies = round.Latencies ?? throw new ArgumentException("Request and reply needs a column for latencies.", nameof(round));
        var tasks = new Task[_callers];
        for (var i = 0; i < _callers; i++)
        {
            var own = latencies.Of(i, _callers);
            tasks[i] = Task.Run(() => AskAsync(own));
        }
        return Task.WhenAll(tasks);
    }

    private async Task AskAsync(Memory<uint> latencies)
    {
        var dispatcher = _pool.Dispatcher;
        var before = Stopwatch.GetTimestamp();
        for (var i = 0; i < latencies.Length; i++)
        {
            var outcome = await dispatcher.RunAsync(NopTask.Instance, _options);
            if (!outcome.IsCompleted) throw new InvalidOperationException(outcome.ToString());
            var after = Stopwatch.GetTimestamp();
            latencies.Span[i] = Latencies.NanosBetween(before, after);
            before = after;
        }
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
