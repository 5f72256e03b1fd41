namespace Dispatcher.Simulation;

/// <summary>Time that the simulation moves.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The time, in ticks of 0.1 us.</summary>
    public long Ticks { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Ticks;

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(Ticks);
}
