using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scaling.Cpu;

public sealed class CpuControllerTests
{
    private readonly ManualTime _time = new();
    private readonly Source _source = new();

    [Fact]
    public void Share_BeforeTheFirstSpanHasEnded_IsUnknownAndDeniesNothing()
    {
        CpuController controller = new(_source, _time);
        Assert.Null(controller.Share());
        Assert.Equal(100, controller.Allowed(10, 100, 0.9));
    }

    [Fact]
    public void Share_OneSpan_IsWhatWasUsedOfWhatIsAllowed()
    {
        CpuController controller = new(_source, _time);
        Pass(2, used: 3);
        Assert.Equal(0.75, controller.Share());
        // All pools of one moment see the same figure.
        Pass(0.5, used: 1);
        Assert.Equal(0.75, controller.Share());
    }

    [Theory]
    [InlineData(0.5, 72)] // 10 x 0.9 / 0.125
    [InlineData(0.1, 100)] // all that it wants
    [InlineData(3, 12)] // 10 x 0.9 / 0.75
    [InlineData(3.6, 10)] // at the limit
    [InlineData(4, 10)] // over it: no growth, and no shrinking either
    public void Allowed_ShareInUse_IsGrowthByWhatIsLeft(double usedSeconds, int allowed)
    {
        CpuController controller = new(_source, _time);
        Pass(2, usedSeconds);
        Assert.Equal(allowed, controller.Allowed(10, 100, 0.9));
    }

    [Fact]
    public void OfProcess_OnThisMachine_HasCoresAndUsesTime()
    {
        ProcessCpu cpu = new();
        Assert.InRange(cpu.AllowedCores(), 0.01, Environment.ProcessorCount);
        Assert.True(cpu.Used() > TimeSpan.Zero);
    }

    private void Pass(double seconds, double used)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _source.Seconds += used;
    }

    private sealed class Source : ICpuSource
    {
        public double Seconds { get; set; }

        public TimeSpan Used() => TimeSpan.FromSeconds(Seconds);

        public double AllowedCores() => 2;
    }
}
