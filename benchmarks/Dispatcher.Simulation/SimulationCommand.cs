using Dispatcher.Actors;

namespace Dispatcher.Simulation;

/// <summary>Runs what the command line asks for and reports it.</summary>
internal static class SimulationCommand
{
    public static int Run(string[] arguments)
    {
        if (Options.TryParse(arguments, out string? error) is not { } options)
            return BadInput(error!);
        if (options.Help)
        {
            Console.WriteLine(Options.Usage);
            return 0;
        }

        List<Workload> workloads = [.. Workloads.All.Where(workload => workload.Name.Contains(options.Filter ?? "", StringComparison.OrdinalIgnoreCase))];
        if (workloads.Count == 0)
            return BadInput($"no workload has '{options.Filter}' in its name; see --list");
        if (options.List)
        {
            foreach (Workload workload in workloads)
                Console.WriteLine($"{workload.Name,-16} {workload.About}");
            return 0;
        }

        string table = ScalingReport.Table(Compare(workloads, options));
        Console.WriteLine(table);
        if (options.IsFull && ScalingReport.FindDocument() is { } document)
        {
            ScalingReport.WriteInto(document, table);
            Console.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, document)}");
        }

        return 0;
    }

    private static List<(Workload, IReadOnlyList<RunResult>)> Compare(List<Workload> workloads, Options options)
    {
        List<(Workload, IReadOnlyList<RunResult>)> results = [];
        foreach (Workload workload in workloads)
        {
            Console.Error.WriteLine($"simulation: {workload.Name}");
            if (options.Decisions)
                PrintDecisions(workload);
            IReadOnlyList<RunResult>[] runs = [.. Enumerable.Range(1, options.Seeds).AsParallel().AsOrdered()
                .Select(seed => new Comparison(RuleSettings.Default, (ulong)seed).Run(workload))];
            results.Add((workload, RunResult.Average(runs)));
        }

        return results;
    }

    private static void PrintDecisions(Workload workload)
    {
        Comparison comparison = new(RuleSettings.Default, 1);
        SimulationRun run = comparison.Start(workload, comparison.Rules()[0]);
        run.Run();
        foreach (ScalingDecided decision in run.Decisions)
            Console.WriteLine(decision);
    }

    private static int BadInput(string error)
    {
        Console.Error.WriteLine($"simulation: {error}");
        Console.Error.WriteLine("simulation: see --help");
        return 2;
    }
}
