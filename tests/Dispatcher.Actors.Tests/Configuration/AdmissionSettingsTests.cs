using Akka.Configuration;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class AdmissionSettingsTests
{
    [Fact]
    public void Nothing_Set_IsOff() => Assert.True(Read("").Admission.IsOff);

    [Fact]
    public void All_Set_IsRead()
    {
        AdmissionSettings settings = Read(
            """
            admission {
              rate { per-second = 100, burst = 20 }
              concurrency { limit = 50, headroom = 0.1, retry-after = 70ms }
              codel { enabled = on, target = 3ms, newest-first = off }
              shed.enabled = on
              breaker.preset = quick
              targets { preset = consecutive, max = 10 }
              tenants { fair = on, share = 0.3, rate.per-second = 10, rates.big = 1000, weights { big = 3 } }
            }
            tasks.Import.admission {
              rate { per-second = 5, shape = leaky-bucket }
              breaker { preset = custom, consecutive-failures = 3, failure-rate = off }
            }
            """).Admission;
        Assert.Equal(new RateSettings { Shape = RateShape.TokenBucket, PermitsPerSecond = 100, Burst = 20 }, settings.Rate);
        Assert.Equal(new ConcurrencySettings { Limit = 50, Headroom = 0.1, RetryAfter = TimeSpan.FromMilliseconds(70) }, settings.Concurrency);
        Assert.Equal(TimeSpan.FromMilliseconds(3), settings.CoDel!.Target);
        Assert.NotNull(settings.Shed);
        Assert.Equal(BreakerPresets.Quick, settings.Breaker);
        Assert.Equal(BreakerPresets.Consecutive, settings.TargetBreaker);
        Assert.Equal((10.0, 20), (settings.TenantRate!.PermitsPerSecond, settings.TenantRate.Burst));
        Assert.Equal(1000, settings.TenantRates["big"].PermitsPerSecond);
        Assert.Equal(3, settings.Fairness!.Weights["big"]);
        TypeAdmissionSettings import = settings.Types["Import"];
        Assert.Equal(new RateSettings { Shape = RateShape.LeakyBucket, PermitsPerSecond = 5, MaxDelay = TimeSpan.Zero }, import.Rate);
        Assert.Equal((3, null, null), (import.Breaker!.ConsecutiveFailures, import.Breaker.FailureRate, import.Breaker.Window));
    }

    [Theory]
    [InlineData("admission.rate.per-second = 0", "admission.rate.per-second = 0: expected a number from 0.001 to 10000000, or off")]
    [InlineData("admission.rate.per-second = NaN", "admission.rate.per-second = NaN: expected a number from 0.001 to 10000000, or off")]
    [InlineData("admission.rate { per-second = 1, burst = 0 }", "admission.rate.burst = 0: expected a whole number from 1 to 86400, or auto")]
    [InlineData("admission.concurrency.limit = 0", "admission.concurrency.limit = 0: expected a whole number from 1 to 67108864, or off")]
    [InlineData("admission.concurrency { limit = 5, headroom = 0.5 }", "admission.concurrency.headroom = 0.5: expected a number from 0 to 0.4, or auto")]
    [InlineData("admission.codel { enabled = on, target = 60ms }", "admission.codel.target = 60ms: expected a duration from 0.1ms to 25ms")]
    [InlineData("admission.codel.enabled = yes", "admission.codel.enabled = yes: expected one of on, off")]
    [InlineData("admission.breaker.preset = fast", "admission.breaker.preset = fast: expected one of off, patient, quick, consecutive, custom")]
    [InlineData("admission.breaker { preset = custom, failure-rate = 1.5 }", "admission.breaker.failure-rate = 1.5: expected a number from 0.001 to 1, or off")]
    [InlineData("admission.tenants { fair = on, weights.a = 0 }", "admission.tenants.weights.a = 0: expected a whole number from 1 to 100")]
    [InlineData("admission.tenants { fair = on, share = 0 }", "admission.tenants.share = 0: expected a number from 0.01 to 1")]
    [InlineData("admission.rat.per-second = 5", "admission.rat: unknown setting")]
    public void Value_OutsideItsRange_IsNamedWithPathValueAndRange(string hocon, string expected) =>
        Assert.Contains($"dispatcher.pools.work.{expected}", Errors(hocon), StringComparison.Ordinal);

    [Theory]
    [InlineData("admission.shed.enabled = on", "admission.shed.enabled = on: has no effect: admission.codel is off")]
    [InlineData(
        "admission.rate { per-second = 1000, shape = leaky-bucket, max-delay = 17m }", "admission.rate.max-delay = 17m: expected a duration from 1ms to 1000s, or off")]
    [InlineData("admission.rate { per-second = 5, max-delay = 1s }", "admission.rate.max-delay = 1s: has no effect: admission.rate.shape is token-bucket")]
    [InlineData("admission.rate.max-delay = 1s", "admission.rate.max-delay = 1s: has no effect: admission.rate.per-second is off")]
    [InlineData("admission.rate.burst = 5", "admission.rate.burst = 5: has no effect: admission.rate.per-second is off")]
    [InlineData("admission.rate { per-second = 5, shape = leaky-bucket, burst = 5 }", "admission.rate.burst = 5: has no effect: admission.rate.shape is leaky-bucket")]
    [InlineData("admission { adaptive.enabled = on, concurrency.limit = 5 }", "admission.concurrency.limit = 5: has no effect: admission.adaptive is on")]
    [InlineData("admission.adaptive.min = 5", "admission.adaptive.min = 5: has no effect: admission.adaptive.enabled is off")]
    [InlineData("admission.breaker { preset = quick, probes = 5 }", "admission.breaker.probes = 5: has no effect: admission.breaker.preset is quick; expected custom")]
    [InlineData("admission.breaker { preset = custom, failure-rate = off }", "admission.breaker.preset = custom: has no effect: a custom breaker needs a rule")]
    [InlineData("admission.breaker { preset = custom, slow-after = 1s }", "admission.breaker.slow-after = 1s: has no effect: admission.breaker.slow-rate is off")]
    [InlineData("admission.targets.max = 5", "admission.targets.max = 5: has no effect: admission.targets.preset is off")]
    [InlineData("admission.codel.newest-first = on", "admission.codel.newest-first = on: has no effect: admission.codel.enabled is off")]
    [InlineData(
        "admission { codel { enabled = on, newest-first = on }, tenants.fair = on }", "admission.codel.newest-first = on: has no effect: admission.tenants.fair is on")]
    [InlineData(
        "queue.full-policy = wait, admission.codel { enabled = on, newest-first = on }",
        "admission.codel.newest-first = on: has no effect: queue.full-policy is wait")]
    [InlineData(
        "tasks-per-key = 2, admission.codel { enabled = on, newest-first = on }", "admission.codel.newest-first = on: has no effect: tasks-per-key is more than 1")]
    [InlineData("admission.tenants.weights.a = 5", "admission.tenants.weights.a = 5: has no effect: admission.tenants.fair is off")]
    [InlineData("admission.tenants.rates.a = 5", "admission.tenants.rates.a = 5: has no effect: admission.tenants.rate.per-second is off")]
    [InlineData("routing = round-robin, admission.tenants.fair = on", "admission.tenants.fair = on: has no effect: it shares one queue")]
    public void Setting_WithoutEffect_FailsTheStart(string hocon, string expected) =>
        Assert.Contains($"dispatcher.pools.work.{expected}", Errors(hocon), StringComparison.Ordinal);

    [Theory]
    [InlineData("", true)]
    [InlineData("queue.full-policy = wait", false)]
    public void NewestFirst_InTheDefaultsOfAllPools_IsForThoseThatCanHaveIt(string own, bool expected)
    {
        PoolSettings settings = SettingsReader.ReadPool(
            ConfigurationFactory.ParseString($"dispatcher {{ pool-defaults.admission.codel {{ enabled = on, newest-first = on }}\n pools.work {{\n{own}\n}} }}")
                .WithFallback(ReferenceConfig.Value), "work");
        Assert.Equal(expected, settings.Admission.CoDel!.NewestFirst);
    }

    private static string Errors(string hocon) => Assert.Throws<SettingsException>(() => Read(hocon)).Message;

    private static PoolSettings Read(string hocon) => SettingsReader.ReadPool(
        ConfigurationFactory.ParseString($"dispatcher.pools.work {{\n{hocon}\n}}").WithFallback(ReferenceConfig.Value), "work");
}
