using System.Text;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>Writes the results as Markdown: the bars first, then a table for each workload.</summary>
internal static class Report
{
    public static string Full(string title, IEnumerable<(string What, string Value)> facts, IReadOnlyList<WorkloadResult> results)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(title).Append("\n\n");
        foreach (var (what, value) in facts) text.Append("- ").Append(what).Append(": ").Append(value).Append('\n');
        text.Append('\n');
        AppendBars(text, results);
        foreach (var result in results) text.Append('\n').Append(Table(result));
        return text.ToString();
    }

    public static (int Held, int Missed) CountBars(IEnumerable<WorkloadResult> results)
    {
        int held = 0, missed = 0;
        foreach (var result in results)
        {
            foreach (var bar in result.Workload.Bars)
            {
                if (result.Failure is null && bar.Holds(bar.Measure(result).Median)) held++;
                else missed++;
            }
        }
        return (held, missed);
    }

    public static string Table(WorkloadResult result)
    {
        var workload = result.Workload;
        var text = new StringBuilder();
        text.Append("## ").Append(workload.Name).Append("\n\n").Append(workload.Title).Append(". ");
        if (result.Failure is not null) return text.Append("**Failed** in ").Append(result.Failure).Append('\n').ToString();
        text.Append($"{result.Operations:N0} operations a round, {result.Rounds} rounds, median (range); others took {result.Neighbours.Text("0 %")} of the machine.");
        if (workload.Note is not null) text.Append(' ').Append(workload.Note);
        text.Append("\n\n| peer |");
        foreach (var column in workload.Columns) text.Append(' ').Append(column.Name).Append(" |");
        if (workload.Reference is not null) text.Append(" x ").Append(workload.Reference).Append(" |");
        text.Append("\n|---|").Insert(text.Length, "---|", workload.Columns.Count + (workload.Reference is null ? 0 : 1)).Append('\n');
        foreach (var peer in workload.Peers) AppendRow(text, result, peer.Name);
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, WorkloadResult result, string peer)
    {
        var workload = result.Workload;
        text.Append("| ").Append(peer).Append(" |");
        foreach (var column in workload.Columns)
            text.Append(' ').Append(result.Has(peer, column) ? Spread.Of(result.Values(peer, column)).Text(column.Format) : "").Append(" |");
        if (workload.Reference is { } reference)
        {
            var ratios = Bar.Ratios(result.Values(peer, workload.Columns[0]), result.Values(reference, workload.Columns[0]));
            text.Append(' ').Append(peer == reference ? "1" : Spread.Of(ratios).Text("0.00")).Append(" |");
        }
        text.Append('\n');
    }

    private static void AppendBars(StringBuilder text, IReadOnlyList<WorkloadResult> results)
    {
        text.Append("| workload | peer | bar | measured | holds |\n|---|---|---|---|---|\n");
        foreach (var result in results)
        {
            foreach (var bar in result.Workload.Bars)
            {
                text.Append("| ").Append(result.Workload.Name).Append(" | ").Append(bar.Peer).Append(" | ").Append(bar.Text).Append(" | ");
                if (result.Failure is not null)
                {
                    text.Append("failed | **no** |\n");
                    continue;
                }
                var measured = bar.Measure(result);
                text.Append(measured.Text(bar.Against is null ? bar.Metric.Format : "0.00")).Append(bar.Holds(measured.Median) ? " | yes |\n" : " | **no** |\n");
            }
        }
    }
}
