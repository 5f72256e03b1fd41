using System.Runtime.CompilerServices;
using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A pool under overload, each caller awaiting its outcome.</summary>
internal sealed class OverloadPool : IContestant
{
    private static readonly TaskOptions[] s_options = [.. Enum.GetValues<TaskPriority>().Select(static priority => new TaskOptions { Priority = priority })];

    private readonly TestPool _pool;
    private readonly OverloadArrivals _arrivals;

    public OverloadPool(OverloadArrivals arrivals, int workers, int queue, bool isProtected)
    {
        _arrivals = arrivals;
        var steps = Burn.Steps(OverloadArrivals.Micros);
        _pool = new TestPool(workers, queue, pool =>
        {
            pool.Handle<Call, int>((call, _) => new ValueTask<int>(call.Run(steps))).Queue(queue);
            if (isProtected) pool.ProtectFromOverload();
        });
    }

    public Task RunAsync(Round round) => _arrivals.RunAsync(round, static priority => new Call { Priority = priority }, Submit);

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private void Submit(Call call) => call.Await(_pool.Dispatcher.RunAsync(call, s_options[(int)call.Priority]));

    private sealed class Call : OverloadTask
    {
        private readonly Action _goOn;
        private ValueTaskAwaiter<TaskOutcome<int>> _awaiter;

        public Call() => _goOn = GoOn;

        public void Await(ValueTask<TaskOutcome<int>> outcome)
        {
            _awaiter = outcome.GetAwaiter();
            if (_awaiter.IsCompleted) GoOn();
            else _awaiter.UnsafeOnCompleted(_goOn);
        }

        // A refusal without a hint when to come again counts as none.
        private void GoOn()
        {
            var outcome = _awaiter.GetResult();
            if (outcome.IsCompleted || outcome.Detail is Rejected { RetryAfter: not null }) Tell(isRefused: !outcome.IsCompleted);
        }
    }
}
