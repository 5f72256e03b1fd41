namespace Dispatcher.Host.Cli;

/// <summary>The report for a person.</summary>
internal static class ReportText
{
    public static void Write(TextWriter to, RunReport report)
    {
        to.WriteLine();
        to.WriteLine(report.Complete ? "Report" : "Report (stopped before the end)");
        Line(to, "folder", report.Folder);
        Line(to, "files", $"{Format.Count(report.Hashed)} hashed ({Format.Bytes(report.Bytes)}) in {Format.Count(report.Folders, "folder")}, {Format.Count(report.Failed)} failed{Skipped(report)}");
        Line(to, "duration", $"{Format.Duration(report.Duration)}: {Format.Count((long)report.FilesPerSecond)} files/s, {Format.Bytes(report.BytesPerSecond)}/s");
        Line(to, "latency", $"{Percentiles(report.Total)} (from submit to outcome, {report.Window} in flight)");
        Line(to, "hashing", $"{Percentiles(report.Hashing)} (in the worker)");
        Line(to, "pool", $"{report.Pool}, {Format.Count(report.Workers, "worker")}, engine {report.Engine}");
        WriteComparison(to, report.Comparison);
        if (report.Output is not null)
            Line(to, "hashes", report.Output);
        WriteFailures(to, report.Failures);
    }

    private static string Skipped(RunReport report) => report.Links + report.Special == 0
        ? ""
        : $", {Format.Count(report.Links, "link")} and {Format.Count(report.Special, "special file")} left out";

    private static string Percentiles(LatencyHistogram.Counts counts) => counts.Total == 0
        ? "-"
        : $"P50 {Format.Duration(counts.Percentile(0.5))}, P99 {Format.Duration(counts.Percentile(0.99))}, max {Format.Duration(counts.Max)}";

    private static void WriteComparison(TextWriter to, Comparison? comparison)
    {
        if (comparison is null)
            return;
        string set = comparison.Stride == 1 ? "the same files" : $"a sample, every {comparison.Stride}th file";
        Line(to, "one thread", $"the pool is {Format.Ratio(comparison.Ratio)} as fast: {Format.Duration(comparison.Pool)} against {Format.Duration(comparison.OneThread)}");
        Line(to, "", $"on {Format.Count(comparison.Files, "file")}, {Format.Bytes(comparison.Bytes)} ({set}; page cache warm for both; medians of {comparison.Rounds})");
        string changed = comparison.Changed == 0 ? "" : $", {Format.Count(comparison.Changed)} changed meanwhile";
        Line(to, "", $"{Format.Count(comparison.Equal)} of {Format.Count(comparison.Files)} hashes equal{changed}");
        foreach (string path in comparison.Different.Take(RunTally.MaxExamples))
            Line(to, "", $"DIFFERENT: {path}");
        if (comparison.Different.Count > RunTally.MaxExamples)
            Line(to, "", $"DIFFERENT: {Format.Count(comparison.Different.Count - RunTally.MaxExamples)} more");
    }

    private static void WriteFailures(TextWriter to, IReadOnlyList<FailureGroup> failures)
    {
        string label = "failures";
        foreach (var group in failures)
        {
            Line(to, label, $"{Format.Count(group.Count)} x {group.Reason.Text}");
            label = "";
            foreach (var (path, message) in group.Examples)
                Line(to, "", message is null ? $"  {path}" : message.Contains(path, StringComparison.Ordinal) ? $"  {message}" : $"  {path}: {message}");
        }
    }

    private static void Line(TextWriter to, string label, string text) => to.WriteLine($"  {label,-10}  {text}");
}
