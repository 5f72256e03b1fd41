using System.Diagnostics;
using Akka.Actor;
using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A pool for both types of task; it notes after how much time under load it found out what the long one is.</summary>
internal sealed class LongTailPool : IContestant
{
    public const int Queue = 1 << 16;

    private readonly Arrivals _arrivals;
    private readonly TestPool _pool;
    private readonly Stopwatch _underLoad = new();
    private double _decidedAfter = double.NaN;

    public LongTailPool(Arrivals arrivals, int workers, Action<TaskDispatcherBuilder>? configure = null)
    {
        _arrivals = arrivals;
        _pool = new TestPool(workers, Queue, pool =>
        {
            pool.Handle<ShortTask, int>((task, _) => task.RunAsync(arrivals)).Handle<LongTask, int>((task, _) => task.RunAsync(arrivals));
            configure?.Invoke(pool);
        });
        _pool.System.EventStream.Subscribe(_pool.System.ActorOf(Props.Create(() => new Listener(this))), typeof(ClassDecided));
    }

    public async Task RunAsync(Round round)
    {
        _underLoad.Start();
        await _arrivals.RunAsync(round, Submit, () => _pool.Dispatcher.Snapshot().Completed);
        _underLoad.Stop();
        round.Set(Arrivals.Decided, Volatile.Read(ref _decidedAfter));
    }

    private void Submit(LongTailTask task)
    {
        var isTaken = task is LongTask rare ? _pool.Dispatcher.TrySubmit(rare) : _pool.Dispatcher.TrySubmit((ShortTask)task);
        if (!isTaken) throw new InvalidOperationException("The queue is full.");
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    // Only what is decided of the long ones.
    private sealed class Listener : ReceiveActor
    {
        public Listener(LongTailPool pool) => Receive<ClassDecided>(decided =>
        {
            if (decided.TaskType == nameof(LongTask)) Volatile.Write(ref pool._decidedAfter, pool._underLoad.Elapsed.TotalSeconds);
        });
    }
}
