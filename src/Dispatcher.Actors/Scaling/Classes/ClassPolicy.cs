using System.Globalization;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Scaling.Classes;

/// <summary>
/// What a type of task is, from samples of its runs. The share of waits is 1 - busy / wall over the runs of one measurement, which is complete with a number of
/// runs. Above <c>io-above</c> the type waits; below <c>cpu-below</c> it computes, for long if its runs are busy for more than <c>long-above</c> on the
/// average; else it is hybrid. It leaves what it is only past a margin, and when several measurements in a row agree.
/// </summary>
internal static class ClassPolicy
{
    /// <summary>Adds what was measured since the last look.</summary>
    /// <param name="settings">The thresholds.</param>
    /// <param name="state">What is known.</param>
    /// <param name="counts">What was measured.</param>
    /// <param name="reason">What the change is made from; null without one.</param>
    /// <returns>What is known now.</returns>
    public static ClassState Step(MeasuringSettings settings, ClassState state, in TraitCounts counts, out string? reason)
    {
        reason = null;
        TraitCounts sum = state.Counts.Plus(counts);
        if (sum.Runs < settings.Runs)
            return state with { Counts = sum };
        double waits = sum.Wall > TimeSpan.Zero ? Math.Clamp(1 - (sum.Busy / sum.Wall), 0, 1) : 0;
        TimeSpan busy = sum.Busy / sum.Runs;
        TaskTrait wanted = TraitOf(settings, state.Trait, waits, busy);
        if (wanted == state.Trait)
            return new ClassState(wanted, wanted, 0, default);
        int inRow = wanted == state.Wanted ? state.InRow + 1 : 1;
        if (inRow < settings.InRow)
            return new ClassState(state.Trait, wanted, inRow, default);
        reason = string.Create(CultureInfo.InvariantCulture, $"waits {waits * 100:0} %, busy {busy.TotalMilliseconds:0.###} ms a run, {sum.Runs} runs, {inRow} times in a row");
        return new ClassState(wanted, wanted, 0, default);
    }

    private static TaskTrait TraitOf(MeasuringSettings settings, TaskTrait now, double waits, TimeSpan busy)
    {
        bool computed = now is TaskTrait.Computes or TaskTrait.ComputesLong;
        if (waits > settings.IoAbove - (now == TaskTrait.Waits ? settings.Margin : 0))
            return TaskTrait.Waits;
        if (waits >= settings.CpuBelow + (computed ? settings.Margin : 0))
            return TaskTrait.Hybrid;
        TimeSpan limit = now == TaskTrait.ComputesLong ? settings.LongAbove / 2 : settings.LongAbove;
        return busy > limit ? TaskTrait.ComputesLong : TaskTrait.Computes;
    }
}
