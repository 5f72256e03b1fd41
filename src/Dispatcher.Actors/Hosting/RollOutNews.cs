using Akka.Actor;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Hosting;

/// <summary>Tells of what is decided about new versions: to the log, the metrics, and the system's event stream.</summary>
internal static class RollOutNews
{
    /// <summary>Tells of a roll-out's decisions from now on.</summary>
    /// <param name="rollOut">The roll-out.</param>
    /// <param name="core">Its pool.</param>
    /// <param name="system">The system.</param>
    public static void Connect(RollOut rollOut, PoolCore core, ActorSystem system)
    {
        rollOut.HasStarted = true;
        rollOut.Announce = decided =>
        {
            if (decided.Rule == RollOutRule.Operator)
                core.Log.RollOutChanged(decided.Pool, decided.TaskType, decided.NewVersion, decided.FromShare, decided.ToShare, decided.Reason);
            else
                core.Log.VersionCutOff(decided.Pool, decided.TaskType, decided.NewVersion, decided.Rule, decided.Reason);
            core.Timings.Metrics?.OnRolledOut(decided);
            system.EventStream.Announce(decided);
        };
    }
}
