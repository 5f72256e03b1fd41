using System.Threading.Tasks.Sources;
using Akka.Actor;
using Akka.Routing;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>
/// Tell to no-op actors with no more messages in flight than the channel has room for. Each actor publishes how far it is; the producer adds
/// these up every now and then, and while too much is in flight it waits until an actor tells it that this is no longer so.
/// </summary>
internal sealed class WindowedTellContestant : IContestant, ISink, IValueTaskSource
{
    private const int Window = ChannelSink.Capacity;
    private const int LookEvery = 128; // posted messages
    private const int ReleaseEvery = 16; // handled messages of one actor; all the actors' remainders together are below what a producer waits for

    private readonly ActorSystem _system = Engines.Start();
    private readonly IActorRef _target;
    private readonly Handled[] _handled;
    private ManualResetValueTaskSourceCore<bool> _room = new() { RunContinuationsAsynchronously = true };
    private int _isWaiting;
    private long _posted;
    private int _nextActor = -1;

    private WindowedTellContestant(int actors, bool pool)
    {
        _handled = new Handled[actors];
        var props = Props.Create(() => new ReportingActor(this));
        _target = _system.ActorOf(pool ? props.WithRouter(new RoundRobinPool(actors)) : props, "target");
    }

    public static Peer Pool(int actors) => new("Akka", () => new WindowedTellContestant(actors, pool: true));

    public static Peer One() => new("Akka", () => new WindowedTellContestant(1, pool: false));

    private long InFlight
    {
        get
        {
            var open = Volatile.Read(ref _posted);
            for (var i = 0; i < _handled.Length; i++) open -= Volatile.Read(ref _handled[i].Count);
            return open;
        }
    }

    private bool HasRoom => InFlight <= Window - LookEvery;

    public ValueTask PostAsync(object message)
    {
        _target.Tell(message, ActorRefs.NoSender);
        Volatile.Write(ref _posted, _posted + 1);
        return _posted % LookEvery == 0 && !HasRoom ? WaitForRoomAsync() : ValueTask.CompletedTask;
    }

    private ValueTask WaitForRoomAsync()
    {
        _room.Reset();
        var wait = new ValueTask(this, _room.Version);
        Interlocked.Exchange(ref _isWaiting, 1);
        if (HasRoom) Release(); // the actors may have been done before they could see that somebody waits
        return wait;
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _isWaiting, 0) == 1) _room.SetResult(true);
    }

    public async Task RunAsync(Round round)
    {
        await Producers.PostAsync(this, producers: 1, round.Operations);
        while (InFlight > 0) await Task.Yield();
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    void IValueTaskSource.GetResult(short token) => _room.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _room.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _room.OnCompleted(continuation, state, token, flags);

    private sealed class ReportingActor(WindowedTellContestant contestant) : UntypedActor
    {
        private readonly Handled[] _handled = contestant._handled;
        private readonly int _index = Interlocked.Increment(ref contestant._nextActor);

        protected override void OnReceive(object message)
        {
            var count = _handled[_index].Count + 1;
            Volatile.Write(ref _handled[_index].Count, count);
            if (count % ReleaseEvery == 0 && Volatile.Read(ref contestant._isWaiting) == 1 && contestant.HasRoom) contestant.Release();
        }
    }
}
