using Akka.Configuration;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Scaling;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class ScalingReaderTests
{
    [Fact]
    public void ReadPool_RoomToScale_ScalesByTheReference()
    {
        ScalingSettings settings = Read("workers { min = 1, max = 2 }").Scaling;
        Assert.Equal(ScalingKind.Slo, settings.Policy);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.Tick);
        Assert.Equal(TimeSpan.FromSeconds(60), settings.IdleTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(250), settings.Slo.TargetWait);
        Assert.Equal(120, settings.Article.QpsPerWorker);
    }

    [Fact]
    public void ReadPool_OneSize_DoesNotScale() => Assert.Equal(ScalingKind.Off, Read("workers { min = 2, max = 2 }").Scaling.Policy);

    [Fact]
    public void ReadPool_SharedDefaults_MayHaveValuesForPoolsOfAnyKind()
    {
        const string Shared = "dispatcher.pool-defaults.scaling { policy = article, slo.target-wait = 1s, article.breaches = 5, idle-timeout = off }";
        ScalingSettings settings = Read("workers { min = 1, max = 2 }", Shared).Scaling;
        Assert.Equal((ScalingKind.Article, 5, null), (settings.Policy, settings.Article.Breaches, settings.IdleTimeout));
        Assert.Equal(ScalingKind.Off, Read("workers { min = 2, max = 2 }", Shared).Scaling.Policy);
    }

    [Theory]
    [InlineData("scaling.policy = fast", "scaling.policy = fast: expected one of off, slo, article")]
    [InlineData("scaling.tick = 1ms", "scaling.tick = 1ms: expected a duration from 100ms to 1m")]
    [InlineData("scaling.idle-timeout = 0s", "scaling.idle-timeout = 0s: expected a duration from 1s to 24h, or off")]
    [InlineData("scaling.cpu-limit-percent = 101", "scaling.cpu-limit-percent = 101: expected a whole number from 1 to 100")]
    [InlineData("scaling.decisions = 0", "scaling.decisions = 0: expected a whole number from 1 to 4096")]
    [InlineData("scaling.slo.target-wait = 0ms", "scaling.slo.target-wait = 0ms: expected a duration from 1ms to 1h")]
    [InlineData("scaling.slo.utilization-percent = 9", "scaling.slo.utilization-percent = 9: expected a whole number from 10 to 95")]
    [InlineData("scaling.slo { utilization-percent = 80, max-utilization-percent = 79 }", "scaling.slo.max-utilization-percent = 79: expected a whole number from 80 to 100")]
    [InlineData("scaling.slo.shrink-step-percent = 0", "scaling.slo.shrink-step-percent = 0: expected a whole number from 1 to 100")]
    [InlineData("scaling.xyzzy = 1s", "scaling.xyzzy: unknown setting")]
    [InlineData("scaling.slo.target-wiat = 1s", "scaling.slo.target-wiat: unknown setting; did you mean 'scaling.slo.target-wait'?")]
    [InlineData("scaling.article.breaches = 3", "scaling.article.breaches = 3: has no effect: scaling.policy is slo")]
    [InlineData("scaling { policy = article, slo.drain-time = 1s }", "scaling.slo.drain-time = 1s: has no effect: scaling.policy is article")]
    [InlineData("scaling { policy = off, tick = 2s }", "scaling.tick = 2s: has no effect: scaling.policy is off")]
    [InlineData("workers { min = 3, max = 3 }, scaling.policy = slo", "scaling.policy = slo: has no effect: workers.min and workers.max are the same")]
    public void ReadPool_BadOrIdleSetting_IsNamedWithPathValueAndRange(string pool, string error)
    {
        SettingsException thrown = Assert.Throws<SettingsException>(() => Read("workers { min = 1, max = 8 }, " + pool));
        Assert.Equal($"dispatcher.pools.work.{error}", Assert.Single(thrown.Errors).ToString());
    }

    [Fact]
    public void ReadPool_OffSaidAloud_IsFineWhateverTheSize()
    {
        Assert.Equal(ScalingKind.Off, Read("workers { min = 3, max = 3 }, scaling.policy = off").Scaling.Policy);
        Assert.Equal(ScalingKind.Off, Read("workers { min = 3, max = 9 }, scaling.policy = off").Scaling.Policy);
    }

    private static PoolSettings Read(string pool, string shared = "") =>
        SettingsReader.ReadPool(ConfigurationFactory.ParseString($"{shared}\ndispatcher.pools.work {{ {pool} }}"), "work");
}
