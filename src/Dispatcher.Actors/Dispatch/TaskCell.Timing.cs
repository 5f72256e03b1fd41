using Dispatcher.Actors.Contracts;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Dispatch;

/// <content>The times of a task, where it is one of those that are timed: door, handler, outcome.</content>
internal abstract partial class TaskCell
{
    /// <summary>When it came through the door, a timestamp; 0 for a task that is not timed.</summary>
    public long EnteredAt;

    /// <summary>When it came into its handler, of a timed task; 0 for never.</summary>
    public long StartedAt;

    /// <summary>It comes into its handler.</summary>
    protected void NoteStarted()
    {
        StartedAt = Math.Max(1, Core.Clock.Now); // 0 stands for none
        Core.Timings.OnStarted(EnteredAt, StartedAt);
        if (Route.Traits is { } traits)
            BeginMeasuring(traits);
    }

    /// <summary>It has its outcome. Only for the one that has won the right to write it.</summary>
    /// <param name="detail">The outcome; null for a result.</param>
    protected void EndTiming(OutcomeDetail? detail)
    {
        long now = Core.Clock.Now;
        Core.Timings.OnEnded(EnteredAt, StartedAt, now, detail);
        if (IsMeasured)
            EndMeasuring(now, detail);
        if (StartedAt == 0)
            return;
        Route.Runs?.RecordElapsed(now - StartedAt, Core.Sampler.Weight);
        if (Route.Target is { } target && target.Notes(now - StartedAt, out TargetDoubt doubt))
            Core.Log.ContractInDoubt(Core.Settings.Name, Route.TaskType.Name, target.Target, doubt.Slow, doubt.Runs);
    }

    private void BeginTiming()
    {
        EnteredAt = Math.Max(1, Core.Clock.Now); // 0 stands for none
        StartedAt = 0;
    }
}
