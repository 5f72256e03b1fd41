using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>Fire and forget through a pool whose queue makes the submitter wait.</summary>
internal sealed class PostContestant : IContestant, ISink
{
    private readonly TestPool _pool;
    private readonly int _producers;

    private PostContestant(int workers, int producers)
    {
        _producers = producers;
        _pool = new TestPool(workers, ChannelSink.Capacity, static pool => pool.Handle<NopTask, int>(NopTask.HandleAsync));
    }

    public static Peer Peer(int workers, int producers) => Peer(DispatchSuite.Pool, workers, producers);

    public static Peer Peer(string name, int workers, int producers) => new(name, () => new PostContestant(workers, producers));

    public ValueTask PostAsync(object message)
    {
        var posted = _pool.Dispatcher.PostAsync(NopTask.Instance);
        if (!posted.IsCompletedSuccessfully) return WaitAsync(posted);
        if (!posted.Result) throw new InvalidOperationException("A task was refused.");
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WaitAsync(ValueTask<bool> posted)
    {
        if (!await posted) throw new InvalidOperationException("A task was refused.");
    }

    public async Task RunAsync(Round round)
    {
        var end = _pool.Dispatcher.Snapshot().Completed + round.Operations;
        await Producers.PostAsync(this, _producers, round.Operations);
        await _pool.EndAsync(end);
    }

    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
