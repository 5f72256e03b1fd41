using Akka.Actor;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>Makes ten thousand actors that then do nothing: how long that takes, and what they hold once all have started.</summary>
internal sealed class IdleActors<TActor> : IContestant where TActor : ActorBase, new()
{
    public static Peer Peer(string name) => new(name, () => new IdleActors<TActor>());

    public async Task RunAsync(Round round)
    {
        var system = Engines.Start();
        await OneFirstAsync(system);
        var actors = new IActorRef[round.Operations];
        WorkloadRunner.Settle();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        round.Begin();
        for (var i = 0; i < actors.Length; i++) actors[i] = system.ActorOf<TActor>();
        while (IdleCounter.Started < actors.Length) await Task.Yield();
        round.End();
        round.Set(IdleCounter.CreateMicros, round.Elapsed.TotalMicroseconds / actors.Length);
        WorkloadRunner.Settle();
        round.Set(IdleCounter.Held, (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)actors.Length);
        GC.KeepAlive(actors);
        await system.Terminate();
    }

    /// <summary>The first actor of a type pays for look-ups that are kept.</summary>
    private static async Task OneFirstAsync(ActorSystem system)
    {
        IdleCounter.Reset();
        system.ActorOf<TActor>();
        while (IdleCounter.Started < 1) await Task.Yield();
        IdleCounter.Reset();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>How many idle actors have started.</summary>
internal static class IdleCounter
{
    public static readonly Metric Held = new("B held", "0");
    public static readonly Metric CreateMicros = new("us to make", "0.00");

    private static int _started;

    public static int Started => Volatile.Read(ref _started);

    public static void Reset() => Volatile.Write(ref _started, 0);

    public static void Add() => Interlocked.Increment(ref _started);
}

internal sealed class IdleUntypedActor : UntypedActor
{
    protected override void PreStart() => IdleCounter.Add();

    protected override void OnReceive(object message) => Unhandled(message);
}

internal sealed class IdleReceiveActor : ReceiveActor
{
    public IdleReceiveActor() => Receive<string>(static _ => { });

    protected override void PreStart() => IdleCounter.Add();
}
