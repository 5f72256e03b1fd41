using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Tests.Scaling;

/// <summary>A pool that says what the test tells it to say.</summary>
internal sealed class FakePool : IPoolGauge, IPoolResizer
{
    public PoolMeter Meter { get; } = new(TimeSpan.TicksPerSecond);

    public int Concurrency => 1;

    public int? Pinned { get; set; }

    public PoolReading Reading { get; set; } = new(0, 0, 0, 4, 4, 0, 0, TimeSpan.Zero);

    public List<int> Ordered { get; } = [];

    public PoolReading Read() => Reading;

    public void Resize(int workers)
    {
        Ordered.Add(workers);
        Reading = Reading with { Workers = workers, Desired = workers };
    }
}
