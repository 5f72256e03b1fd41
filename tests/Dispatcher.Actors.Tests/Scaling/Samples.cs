using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Scaling;

namespace Dispatcher.Actors.Tests.Scaling;

/// <summary>Samples of a pool's load, and the product's default settings.</summary>
internal static class Samples
{
    public static ScalingSettings Defaults { get; } =
        SettingsReader.ReadPool(ReferenceConfig.Value, "work", new Dictionary<string, object> { ["workers.min"] = 1, ["workers.max"] = 100 }).Scaling;

    /// <summary>One second of a pool that keeps up: all that comes ends, nothing waits now, and the waits were what the slo policy aims at.</summary>
    public static PoolSample Calm(double perSecond, int workers, double runMillis = 10) => new()
    {
        Interval = TimeSpan.FromSeconds(1),
        OfferedPerSecond = perSecond,
        RefusedPerSecond = 0,
        CompletedPerSecond = perSecond,
        Started = (long)perSecond,
        WaitP50 = TimeSpan.Zero,
        WaitP95 = TimeSpan.Zero,
        WaitP99 = Defaults.Slo.TargetWait / 2,
        Ended = (long)perSecond,
        RunMean = TimeSpan.FromMilliseconds(runMillis),
        RunP50 = TimeSpan.FromMilliseconds(runMillis),
        RunP95 = TimeSpan.FromMilliseconds(runMillis),
        RunP99 = TimeSpan.FromMilliseconds(runMillis),
        LatencyP99 = TimeSpan.FromMilliseconds(runMillis),
        Workers = workers,
        Desired = workers,
        Concurrency = 1,
        Running = (int)Math.Min(workers, Math.Ceiling(perSecond * runMillis / 1000)),
        Queued = 0,
        OldestWait = TimeSpan.Zero,
    };

    /// <summary>One second of a pool whose workers are all busy while more waits.</summary>
    public static PoolSample Behind(double perSecond, int workers, double waitMillis, double runMillis = 10, double? completedPerSecond = null) =>
        Calm(perSecond, workers, runMillis) with
        {
            CompletedPerSecond = completedPerSecond ?? workers * 1000 / runMillis,
            WaitP50 = TimeSpan.FromMilliseconds(waitMillis),
            WaitP95 = TimeSpan.FromMilliseconds(waitMillis),
            WaitP99 = TimeSpan.FromMilliseconds(waitMillis),
            LatencyP99 = TimeSpan.FromMilliseconds(waitMillis + runMillis),
            Running = workers,
            Queued = (int)(perSecond * waitMillis / 1000),
            OldestWait = TimeSpan.FromMilliseconds(waitMillis),
        };
}
