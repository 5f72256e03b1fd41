using System.Globalization;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.RollOuts;

/// <summary>
/// Decides whether a new version is worse than the old one that ran at the same time: more of its calls fail, or more of them are among the slowest hundredth.
/// Both have to be more than the margin that the settings allow, and more than chance explains.
/// </summary>
/// <remarks>
/// Chance: Fisher's exact test. For times it compares how many calls of each version took as long as the 99th percentile of both together, or longer (the
/// median test of A. Mood, "Introduction to the Theory of Statistics", 1950, at another quantile), which supposes nothing about how times are distributed.
/// Looking again and again finds something by chance sooner or later; so look number k may find something by chance with a probability of
/// <c>false-alarm / (k (k + 1))</c>, half of it for each comparison. All looks together, however many, stay below <c>false-alarm</c>: the terms add up to
/// 1, and the probability that one of several things happens is at most the sum of theirs (C. E. Bonferroni).
/// </remarks>
internal static class RollOutPolicy
{
    /// <summary>The probability with which a look may find one of the two things by chance.</summary>
    /// <param name="falseAlarm">The probability for all looks together.</param>
    /// <param name="look">The look's number, from 1.</param>
    public static double AllowanceOf(double falseAlarm, long look) => falseAlarm / ((double)look * (look + 1)) / 2;

    /// <summary>Compares.</summary>
    /// <param name="old">The old version.</param>
    /// <param name="new">The new one, in the same span of time.</param>
    /// <param name="settings">What is allowed.</param>
    /// <param name="look">The look's number, from 1.</param>
    /// <returns>What is wrong with the new one; null while nothing is known to be.</returns>
    public static RollOutFinding? Compare(VersionCounts old, VersionCounts @new, RollOutSettings settings, long look)
    {
        double allowed = AllowanceOf(settings.FalseAlarm, look);
        return CompareErrors(old, @new, settings.ErrorMargin, allowed) ?? CompareTimes(old, @new, settings.LatencyMargin, allowed);
    }

    private static RollOutFinding? CompareErrors(VersionCounts old, VersionCounts @new, double margin, double allowed)
    {
        if (@new.ErrorRate <= old.ErrorRate + margin)
            return null;
        double chance = FisherExactTest.UpperTail(@new.Errors, @new.Calls, old.Errors, old.Calls);
        return chance > allowed ? null : new RollOutFinding(RollOutRule.Errors, Line(
            $"{@new.Errors} of {@new.Calls} calls failed ({@new.ErrorRate:0.0 %}), of the old version {old.Errors} of {old.Calls} ({old.ErrorRate:0.0 %}); probability by chance {chance:G2}, allowed {allowed:G2}"));
    }

    private static RollOutFinding? CompareTimes(VersionCounts old, VersionCounts @new, double margin, double allowed)
    {
        (TimeSpan slowest, TimeSpan before) = (@new.P99, old.P99);
        if (slowest <= before * (1 + margin))
            return null;
        (long oldSlow, long newSlow) = CountSlow(old.Returned, @new.Returned);
        double chance = FisherExactTest.UpperTail(newSlow, @new.Returned.Count, oldSlow, old.Returned.Count);
        return chance > allowed ? null : new RollOutFinding(RollOutRule.Latency, Line(
            $"P99 {slowest.TotalMilliseconds:0.##} ms, of the old version {before.TotalMilliseconds:0.##} ms; of the slowest hundredth {newSlow} of its {@new.Returned.Count} calls and {oldSlow} of {old.Returned.Count}; probability by chance {chance:G2}, allowed {allowed:G2}"));
    }

    // From the top down to the bucket that has the percentile of both, that bucket included: all of its calls count as one.
    private static (long Old, long New) CountSlow(HistogramSnapshot old, HistogramSnapshot @new)
    {
        long all = old.Count + @new.Count;
        long above = all - (long)Math.Ceiling(VersionCounts.Quantile * all);
        (long oldSlow, long newSlow) = (0, 0);
        for (int i = (LogLinearScale.Pages * LogLinearScale.PageSize) - 1; i >= 0 && oldSlow + newSlow <= above; i--)
        {
            oldSlow += old.CountOf(i);
            newSlow += @new.CountOf(i);
        }

        return (oldSlow, newSlow);
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
