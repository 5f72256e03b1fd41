namespace Dispatcher.Actors.Diagnosis;

/// <summary>From when on a task runs too long.</summary>
internal static class LongTaskPolicy
{
    /// <summary>The limit for a type of task: a multiple of what its like take, where that is known; else one for all.</summary>
    /// <param name="like">How long tasks of the type take.</param>
    /// <param name="settings">The factor and the limits.</param>
    public static (TimeSpan Limit, bool IsKnown) LimitOf(RunTimes like, DiagnosisSettings settings)
    {
        if (like.Ended < settings.TaskEnough)
            return (settings.TaskLimit, false);
        double ticks = Math.Min(like.P99.Ticks * settings.TaskFactor, TimeSpan.MaxValue.Ticks / 2);
        return (TimeSpan.FromTicks(Math.Max((long)ticks, settings.TaskLeast.Ticks)), true);
    }
}
