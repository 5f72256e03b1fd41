using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dispatcher.Host.Cli;

/// <summary>The report for a program: one JSON object, units last in each name.</summary>
internal static class ReportJson
{
    public static void Write(TextWriter to, RunReport report) =>
        to.WriteLine(JsonSerializer.Serialize(View.Of(report), ReportJsonContext.Readable.View));

    internal sealed record View(
        string Folder, string Engine, string Pool, int Workers, int InFlightMax, bool Complete, double DurationSeconds, long Files, long Bytes,
        long Failed, long Folders, long Links, long Special, double FilesPerSecond, double BytesPerSecond, Latency Total, Latency Hashing,
        IReadOnlyList<Failure> Failures, OneThread? OneThread, string? Output)
    {
        public static View Of(RunReport report) => new(
            report.Folder, report.Engine, report.Pool, report.Workers, report.Window, report.Complete, report.Duration.TotalSeconds,
            report.Hashed, report.Bytes, report.Failed, report.Folders, report.Links, report.Special, Math.Round(report.FilesPerSecond, 1),
            Math.Round(report.BytesPerSecond), Latency.Of(report.Total), Latency.Of(report.Hashing),
            [.. report.Failures.Select(Failure.Of)], OneThread.Of(report.Comparison), report.Output);
    }

    internal sealed record Latency(double? P50Seconds, double? P99Seconds, double MaxSeconds)
    {
        public static Latency Of(LatencyHistogram.Counts counts) => new(
            counts.Percentile(0.5)?.TotalSeconds, counts.Percentile(0.99)?.TotalSeconds, counts.Max.TotalSeconds);
    }

    internal sealed record Failure(string Reason, long Count, IReadOnlyList<string> Examples)
    {
        public static Failure Of(FailureGroup group) => new(group.Reason.Text, group.Count, [.. group.Examples.Select(example => example.Path)]);
    }

    internal sealed record OneThread(
        double Ratio, double PoolSeconds, double OneThreadSeconds, int Files, long Bytes, long EveryNth, int Rounds, int Equal, int Changed,
        IReadOnlyList<string> Different)
    {
        public static OneThread? Of(Comparison? comparison) => comparison is null
            ? null
            : new(Math.Round(comparison.Ratio, 3), comparison.Pool.TotalSeconds, comparison.OneThread.TotalSeconds, comparison.Files,
                comparison.Bytes, comparison.Stride, comparison.Rounds, comparison.Equal, comparison.Changed, comparison.Different);
    }
}

[JsonSerializable(typeof(ReportJson.View))]
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    /// <summary>Paths as they are, not as \uXXXX: this goes to a terminal or a file, never into a page.</summary>
    public static ReportJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
