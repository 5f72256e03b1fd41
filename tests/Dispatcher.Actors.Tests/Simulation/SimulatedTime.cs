namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Time that stands still until it is told. Whoever reads it may lose its processor before it uses what it has read.</summary>
internal sealed class SimulatedTime(Interrupts interrupts) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks = TimeSpan.TicksPerSecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        long read = _ticks;
        interrupts.AtClock();
        return read;
    }

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(_ticks);

    public void Advance(TimeSpan by) => _ticks += by.Ticks;
}
