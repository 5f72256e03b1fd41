using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Routing;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>
/// Tell to no-op actors with no more messages in flight than the channel has room for. Each actor publishes how far it is; the producer adds
/// these up every now and then and lets others run while too much is in flight.
/// </summary>
internal sealed class WindowedTellContestant : IContestant, ISink
{
    private const int Window = ChannelSink.Capacity;
    private const int LookEvery = 128;

    private readonly ActorSystem _system = Engines.Start();
    private readonly IActorRef _target;
    private readonly Handled[] _handled;
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
            var open = _posted;
            for (var i = 0; i < _handled.Length; i++) open -= Volatile.Read(ref _handled[i].Count);
            return open;
        }
    }

    public ValueTask PostAsync(object message)
    {
        _target.Tell(message, ActorRefs.NoSender);
        return ++_posted % LookEvery == 0 && InFlight > Window - LookEvery ? WaitAsync(Window - LookEvery) : ValueTask.CompletedTask;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // the wait must not count as the engine's allocation
    private async ValueTask WaitAsync(long atMost)
    {
        while (InFlight > atMost) await Task.Yield();
    }

    public async Task RunAsync(Round round)
    {
        await Producers.PostAsync(this, producers: 1, round.Operations);
        await WaitAsync(0);
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private sealed class ReportingActor(WindowedTellContestant contestant) : UntypedActor
    {
        private readonly Handled[] _handled = contestant._handled;
        private readonly int _index = Interlocked.Increment(ref contestant._nextActor);

        protected override void OnReceive(object message) => Volatile.Write(ref _handled[_index].Count, _handled[_index].Count + 1);
    }
}
