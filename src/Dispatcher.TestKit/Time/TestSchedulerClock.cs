using Akka.TestKit;

namespace Dispatcher.TestKit;

/// <summary>
/// Moves a <see cref="ManualTimeProvider"/> and Akka's TestScheduler together, for tests whose system has that one already. Both move in small steps, so
/// that the scheduler runs a repeated item once for each period, and what an item schedules within the same advance; to the step exactly. New tests fare
/// better with <see cref="VirtualScheduler"/>, which needs no steps.
/// </summary>
/// <param name="time">The time of the pools.</param>
/// <param name="scheduler">The scheduler of the actor system.</param>
public sealed class TestSchedulerClock(ManualTimeProvider time, TestScheduler scheduler)
{
    /// <summary>The longest step. Default 10 ms, more than 0.</summary>
    public TimeSpan Step
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMilliseconds(10);

    /// <summary>Moves both.</summary>
    /// <param name="by">How far.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        while (by > TimeSpan.Zero)
        {
            TimeSpan step = by < Step ? by : Step;
            // Never past a timer: what it schedules on the other side starts at its instant.
            if (time.NextTimer is { } next && next > TimeSpan.Zero && next < step)
                step = next;
            time.Advance(step);
            scheduler.Advance(step);
            by -= step;
        }
    }
}
