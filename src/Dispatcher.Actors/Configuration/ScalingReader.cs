using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Configuration;

/// <summary>Reads and validates what is below <c>scaling</c> of a pool.</summary>
internal static class ScalingReader
{
    private const string Section = "scaling";
    private const string PolicyKey = "scaling.policy";

    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    /// <summary>Reads it.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="isOwn">Whether it is that of a pool, and not the shared defaults, which may have values for pools of any kind.</param>
    /// <param name="isFixed">Whether the pool has one size only.</param>
    public static ScalingSettings Read(SettingsSection section, bool isOwn, bool isFixed)
    {
        ScalingKind policy = section.OneOf(PolicyKey, ("off", ScalingKind.Off), ("slo", ScalingKind.Slo), ("article", ScalingKind.Article));
        ScalingSettings settings = new()
        {
            Policy = isFixed ? ScalingKind.Off : policy,
            Tick = section.Duration("scaling.tick", TimeSpan.FromMilliseconds(100), s_minute),
            IdleTimeout = section.DurationOrOff("scaling.idle-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
            CpuLimitPercent = section.Number("scaling.cpu-limit-percent", 1, 100),
            Decisions = section.Number("scaling.decisions", 1, 4096),
            Slo = ReadSlo(section),
            Article = ReadArticle(section),
        };
        if (isOwn)
            ReportNoEffect(section, policy, isFixed);
        return settings;
    }

    private static SloSettings ReadSlo(SettingsSection section)
    {
        int utilization = section.Number("scaling.slo.utilization-percent", 10, 95);
        return new SloSettings
        {
            TargetWait = section.Duration("scaling.slo.target-wait", s_millisecond, s_hour),
            UtilizationPercent = utilization,
            MaxUtilizationPercent = section.Number("scaling.slo.max-utilization-percent", utilization, 100),
            DrainTime = section.Duration("scaling.slo.drain-time", TimeSpan.FromMilliseconds(100), s_hour),
            ShrinkWindow = section.Duration("scaling.slo.shrink-window", TimeSpan.FromSeconds(1), s_hour),
            ShrinkStepPercent = section.Number("scaling.slo.shrink-step-percent", 1, 100),
        };
    }

    private static ArticleSettings ReadArticle(SettingsSection section) => new()
    {
        QpsPerWorker = section.Number("scaling.article.qps-per-worker", 1, 10_000_000),
        Latency = section.Duration("scaling.article.latency", s_millisecond, s_hour),
        LatencyPerWorker = section.Duration("scaling.article.latency-per-worker", s_millisecond, s_hour),
        RisingFor = section.Duration("scaling.article.rising-for", TimeSpan.Zero, s_hour),
        Breaches = section.Number("scaling.article.breaches", 0, 3600),
        ShrinkAfter = section.Duration("scaling.article.shrink-after", TimeSpan.Zero, TimeSpan.FromHours(24)),
    };

    // Each once, under the reason that comes first.
    private static void ReportNoEffect(SettingsSection section, ScalingKind policy, bool isFixed)
    {
        if (isFixed && policy != ScalingKind.Off)
            section.ReportNoEffectBelow(Section, "workers.min and workers.max are the same", except: null);
        else if (policy == ScalingKind.Off)
            section.ReportNoEffectBelow(Section, "scaling.policy is off", except: PolicyKey);
        else
            section.ReportNoEffectBelow(policy == ScalingKind.Slo ? "scaling.article" : "scaling.slo", $"scaling.policy is {policy.ToString().ToLowerInvariant()}", except: null);
    }
}
