using Akka;
using Akka.Actor;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Routing;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Hosting;

/// <summary>A pool's part in the coordinated shutdown: refuse early, drain when the service's requests are done.</summary>
internal static class PoolShutdown
{
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(1);

    /// <summary>Takes part.</summary>
    /// <param name="system">The system.</param>
    /// <param name="core">The pool.</param>
    /// <param name="pool">The pool's actor.</param>
    public static void Register(ActorSystem system, PoolCore core, IActorRef pool)
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(system);
        string name = core.Settings.Label;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, $"refuse-{name}", () =>
        {
            core.BeginDrain();
            return Task.FromResult(Done.Instance);
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, $"drain-{name}", () => DrainAsync(core, pool));
    }

    private static async Task<Done> DrainAsync(PoolCore core, IActorRef pool)
    {
        TimeSpan limit = core.Settings.DrainTimeout + core.Settings.Grace + s_margin;
        core.Log.DrainBegan(core.Settings.Name, core.Submitted - core.Slots.Completed - core.Counters.Total);
        PoolActor.PoolDrained drained = await pool.Ask<PoolActor.PoolDrained>(PoolActor.BeginDrain.Instance, limit).ConfigureAwait(false);
        core.Log.Drained(core.Settings.Name, drained.Unfinished.Count);
        foreach (string task in drained.Unfinished)
            core.Log.Unfinished(core.Settings.Name, task);
        return Done.Instance;
    }
}
