using System.Globalization;
using System.Text;

namespace Dispatcher.Simulation;

/// <summary>The results as a table, and the table's place in the documents.</summary>
internal static class ScalingReport
{
    private const string Begin = "<!-- table: written by ./dispatcher bench scaling -->";
    private const string End = "<!-- end of table -->";

    public static string Table(IEnumerable<(Workload Workload, IReadOnlyList<RunResult> Results)> rows)
    {
        StringBuilder text = new();
        foreach ((Workload workload, IReadOnlyList<RunResult> results) in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{workload.Name}**: {workload.About}.\n\n");
            text.Append("| rule | s out of target | late or refused | worker-hours | cost | turns | ticks to recover | most workers |\n");
            text.Append("|---|---|---|---|---|---|---|---|\n");
            foreach (RunResult result in results)
            {
                string recovery = result.RecoveryTicks is { } ticks ? ticks.ToString(CultureInfo.InvariantCulture) : "";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {result.Rule} | {result.Violations:0.0} | {result.LateShare * 100:0.00} % | {result.WorkerHours:0.00} | {result.Cost:0.00} | {result.DirectionChanges:0.0} | {recovery} | {result.MostWorkers} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The document of this checkout; null when the program runs elsewhere.</summary>
    public static string? FindDocument()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string document = Path.Combine(folder.FullName, "docs", "scaling.md");
            if (File.Exists(Path.Combine(folder.FullName, "Dispatcher.sln")) && File.Exists(document))
                return document;
        }

        return null;
    }

    public static void WriteInto(string document, string table)
    {
        string text = File.ReadAllText(document);
        int from = text.IndexOf(Begin, StringComparison.Ordinal);
        int to = text.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"'{document}' has no place for the table: a line '{Begin}' and a line '{End}'.");
        File.WriteAllText(document, $"{text[..from]}{Begin}\n{table}\n{text[to..]}");
    }
}
