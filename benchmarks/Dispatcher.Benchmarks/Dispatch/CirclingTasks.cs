using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>A queue that keeps its depth: each task submits the next one, of the next type and with the next key, until the round is over.</summary>
internal sealed class CirclingTasks : IContestant
{
    private const int Workers = 2;

    private readonly int _depth;
    private readonly TaggedTasks.Tagged[] _tasks;
    private readonly TaskOptions[] _keys;
    private readonly TestPool _pool;
    private int _nextKey;
    private volatile bool _stop;

    private CirclingTasks(int depth, int types, int keys)
    {
        _depth = depth;
        _keys = [.. Enumerable.Range(0, keys).Select(static key => new TaskOptions { Key = $"key {key}" })];
        _tasks = TaggedTasks.Circle(types, this);
        _pool = new TestPool(Workers, depth + Workers, pool =>
        {
            pool.Handle<NopTask, int>(NopTask.HandleAsync);
            foreach (var task in _tasks) task.Register(pool);
        });
    }

    public static Peer Peer(string name, int depth, int types, int keys = 0) => new(name, () => new CirclingTasks(depth, types, keys));

    public async Task RunAsync(Round round)
    {
        _stop = false;
        var before = _pool.Dispatcher.Snapshot().Completed;
        for (var i = 0; i < _depth; i++) Submit(_tasks[i % _tasks.Length]);
        // Once round, so that each cell has been used; then what is measured.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (_pool.Dispatcher.Snapshot().Completed - before < _depth) await pace.WaitForNextTickAsync();
        round.Begin();
        var first = _pool.Dispatcher.Snapshot().Completed;
        long done;
        while ((done = _pool.Dispatcher.Snapshot().Completed - first) < round.Operations) await pace.WaitForNextTickAsync();
        round.End();
        round.Set(Metric.Rate, done / round.Elapsed.TotalMicroseconds);
        _stop = true;
        await _pool.EndAsync(0);
    }

    public ValueTask<int> HandleAsync(TaggedTasks.Tagged task)
    {
        if (!_stop) Submit(task.Next);
        return new(1);
    }

    private void Submit(TaggedTasks.Tagged task)
    {
        // A race of two workers here only repeats a key.
        var key = _keys.Length == 0 ? null : _keys[_nextKey = (_nextKey + 1) % _keys.Length];
        if (!_pool.Dispatcher.TrySubmit(task, key)) throw new InvalidOperationException("The queue is full.");
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
