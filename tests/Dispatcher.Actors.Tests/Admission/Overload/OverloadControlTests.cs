using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Admission.Overload;

/// <summary>All that protects a pool together, as it comes, in virtual time: what is served, how long that takes, who is turned away.</summary>
public sealed class OverloadControlTests
{
    private const int Seed = 1;

    private static readonly AdmissionSettings s_settings = SettingsReader.ReadPool(ReferenceConfig.Value, "pool", new Dictionary<string, object>
    {
        ["workers.min"] = 8,
        ["workers.max"] = 8,
        ["admission.adaptive.enabled"] = "on",
        ["admission.codel.enabled"] = "on",
        ["admission.shed.enabled"] = "on",
    }).Admission;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4.3, 0)]
    [InlineData(25, 0)] // half of the queue at once
    [InlineData(4.3, 8)] // the processors go to others for 8 ms, ten times a second
    public void HalfTheLoad_InBursts_RefusesNobody(double wakeMillis, double stallMillis)
    {
        OverloadResult result = Run(new OverloadLoad(0.5, wakeMillis) { StallMillis = stallMillis });
        Assert.Equal(0, result.Refused.Sum());
        Assert.InRange(result.Goodput, 0.98, 1.02);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Overload_EvenLoad_ServesAllItCanInTenMillis(double times)
    {
        OverloadResult result = Run(new OverloadLoad(times, 1));
        Assert.True(result.Goodput > 0.99, $"{result}");
        Assert.True(result.P99 <= 10, $"{result}");
        Assert.True(result.UrgentP99 <= 2 * Run(new OverloadLoad(0.5, 1)).UrgentP99, $"{result}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Overload_InBursts_WorkersDoNotLackTasks(double times)
    {
        OverloadResult result = Run(new OverloadLoad(times, 4.3));
        Assert.True(result.Goodput > 0.95, $"{result}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Overload_ProcessorsStallNowAndThen_WhatIsLeftOfThemIsUsed(double times)
    {
        // They are away for 8 of each 100 ms.
        OverloadResult result = Run(new OverloadLoad(times, 1) { StallMillis = 8 });
        Assert.True(result.Goodput > 0.9, $"{result}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Overload_AllClasses_P2GoesFirstThenP1(double times)
    {
        OverloadResult result = Run(new OverloadLoad(times, 1));
        // The limit takes some of P1 and P0 where a heap of them comes at once.
        Assert.True(result.RefusedShare(0) < 0.03, $"{result}");
        Assert.True(result.RefusedShare(1) < 0.06 || result.RefusedShare(2) > 0.99, $"{result}");
    }

    [Fact]
    public void AfterOverload_HalfTheLoad_NobodyIsRefusedASecondLater()
    {
        OverloadLoad load = new(6, 1) { Then = 0.5 };
        OverloadResult result = new OverloadSimulation(s_settings, load, Seed).Run(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1));
        Assert.Equal(0, result.Refused.Sum());
    }

    private static OverloadResult Run(OverloadLoad load) =>
        new OverloadSimulation(s_settings, load, Seed).Run(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2));
}
