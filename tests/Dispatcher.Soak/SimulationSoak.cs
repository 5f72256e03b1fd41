using System.Globalization;
using Dispatcher.Actors.Tests.Simulation;

namespace Dispatcher.Soak;

/// <summary>Seed after seed of the simulation, several at once.</summary>
internal sealed class SimulationSoak(Arguments arguments, TextWriter output, TextWriter error)
{
    private const int MostFailures = 10;

    private readonly long _first = arguments["--first"];
    private readonly long _seeds = arguments["--seeds"];
    private readonly long _tasks = arguments["--tasks"];
    private readonly Lock _gate = new();
    private long _next = -1;
    private long _done;
    private long _sum;
    private long _pools;
    private int _failures;

    /// <summary>Runs.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        TimeSpan took;
        using (Progress progress = new(error, _seeds, "seeds", () => Volatile.Read(ref _done)))
        {
            await Task.WhenAll(Enumerable.Range(0, (int)arguments["--jobs"]).Select(_ => Task.Run(WorkAsync)));
            took = progress.Elapsed;
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{_done:N0} seeds from {_first}, {_pools:N0} pools, {_sum:N0} tasks in {took:h\\:mm\\:ss}: {(_failures == 0 ? "one outcome each, all sums add up" : $"{_failures} seeds failed")}"));
        return _failures == 0 ? SoakCommand.Ok : SoakCommand.Failed;
    }

    private async Task WorkAsync()
    {
        long index;
        while (Volatile.Read(ref _failures) < MostFailures && (index = Interlocked.Increment(ref _next)) < _seeds)
        {
            int seed = (int)(_first + index);
            SeedRun run = new(seed);
            try
            {
                await run.RunAsync(_tasks);
            }
            catch (SimulationException failure)
            {
                Report(seed, failure);
            }

            Interlocked.Increment(ref _done);
            Interlocked.Add(ref _sum, run.Tasks);
            Interlocked.Add(ref _pools, run.Pools);
        }
    }

    private void Report(int seed, SimulationException failure)
    {
        lock (_gate)
        {
            _failures++;
            output.WriteLine($"Seed {seed} failed. {failure.Message}");
            output.WriteLine(failure.InnerException?.StackTrace);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"To reproduce: ./dispatcher soak simulation --first {seed} --seeds 1 --tasks {_tasks}"));
        }
    }
}
