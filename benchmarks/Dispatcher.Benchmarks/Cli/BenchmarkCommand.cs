using Dispatcher.Benchmarks.Dispatch;
using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Cli;

/// <summary>Runs what the command line asks for and reports it.</summary>
internal static class BenchmarkCommand
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (Options.TryParse(arguments, out var error) is not { } options) return BadInput(error!);
        if (options.Help)
        {
            Console.WriteLine(Options.Usage);
            return 0;
        }
        var workloads = Select(options);
        if (workloads.Count == 0)
            return BadInput(options.Filter is null ? $"suite '{options.Suite}' has no workload yet" : $"no workload of suite '{options.Suite}' has '{options.Filter}' in its name; see --list");
        if (options.List)
        {
            foreach (var workload in workloads) Console.WriteLine($"{workload.Name,-28} {workload.Title}");
            return 0;
        }
        var file = OutputFile(options);
        if (file is not null && CannotWrite(file) is { } reason) return BadInput(reason);
        return await RunAsync(options, workloads, file, arguments);
    }

    private static async Task<int> RunAsync(Options options, List<Workload> workloads, string? file, string[] arguments)
    {
        var repository = Machine.Repository();
        List<(string, string)> facts = [.. Machine.Describe(repository), ("Command", string.Join(' ', ["dotnet run -c Release --project benchmarks/Dispatcher.Benchmarks --", .. arguments]))];
        var progress = new Progress(workloads.Count);
        var runner = new WorkloadRunner(options.Rounds, options.Quick, progress);
        var results = new List<WorkloadResult>(workloads.Count);
        foreach (var workload in workloads)
        {
            var result = await runner.RunAsync(workload);
            progress.Clear();
            Console.WriteLine(Report.Table(result));
            results.Add(result);
        }
        var report = Report.Full($"Benchmarks: {options.Suite}, {Machine.Engine} engine, {Today():yyyy-MM-dd}", facts, results);
        var (held, missed) = Report.CountBars(results);
        Console.WriteLine(report[..report.IndexOf("\n## ", StringComparison.Ordinal)]);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, report);
            Console.WriteLine($"Written to {Path.GetRelativePath(Environment.CurrentDirectory, file)}");
        }
        Console.WriteLine($"{held} bars hold, {missed} missed");
        return missed > 0 || results.Exists(static result => result.Failure is not null) ? 1 : 0;
    }

    private static List<Workload> Select(Options options)
    {
        var chosen = new List<Workload>();
        if (options.Suite is "engine" or "all") chosen.AddRange(EngineSuite.Workloads());
        if (options.Suite is "dispatch" or "all") chosen.AddRange(DispatchSuite.Workloads());
        if (options.Filter is { } filter) chosen.RemoveAll(workload => !workload.Name.Contains(filter, StringComparison.OrdinalIgnoreCase));
        return chosen;
    }

    private static string? OutputFile(Options options)
    {
        if (options.Out is not null) return Path.GetFullPath(options.Out);
        if (!options.IsFull || Machine.Repository() is not { } repository) return null;
        var folder = Directory.CreateDirectory(Path.Combine(repository, "benchmarks", "results"));
        return Path.Combine(folder.FullName, $"{Today():yyyy-MM-dd}-{options.Suite}-{Machine.Engine}.md");
    }

    private static DateTimeOffset Today() => TimeProvider.System.GetLocalNow();

    /// <summary>Found out before the run, not after an hour of it.</summary>
    private static string? CannotWrite(string file)
    {
        try
        {
            var existed = File.Exists(file);
            using (new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }
            if (!existed) File.Delete(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return $"cannot write '{file}': {e.Message}";
        }
    }

    private static int BadInput(string error)
    {
        Console.Error.WriteLine($"benchmarks: {error}");
        Console.Error.WriteLine("benchmarks: see --help");
        return 2;
    }
}
