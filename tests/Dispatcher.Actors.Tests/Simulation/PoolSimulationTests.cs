using Xunit.Abstractions;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Random faults, cancels, deadlines, resizes, kills and stops, in an order that the seed chooses: every task has one outcome, and the sums add up.</summary>
public sealed class PoolSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 50;

    // In full where it is proved, enough to find most faults where somebody waits for it.
    private static readonly int s_tasksASeed = Environment.GetEnvironmentVariable("CI") == "true" ? 100_000 : 2_000;

    [Fact]
    public async Task Pool_RandomLife_OneOutcomeEachAndSumsAddUp()
    {
        SeedRun[] runs = await Task.WhenAll(Enumerable.Range(1, Seeds).Select(RunAsync));

        // A simulation in which nothing happens proves nothing.
        foreach (OutcomeKind kind in Enum.GetValues<OutcomeKind>().Except([OutcomeKind.Pending]))
        {
            long count = runs.Sum(run => run[kind]);
            output.WriteLine($"{kind} {count}");
            Assert.InRange(count, Seeds * s_tasksASeed / 1000, Seeds * s_tasksASeed);
        }

        (int paced, int delayed) = (runs.Sum(static run => run.Met.Paced), runs.Sum(static run => run.Met.Delayed));
        output.WriteLine($"{runs.Sum(static run => run.Pools)} pools, {paced} of them smoothed, {delayed} tried again");
        Assert.True(paced > 0 && delayed > 0, $"{paced} pools smoothed, {delayed} tried again");
        long moves = runs.Sum(run => run.Moves);
        output.WriteLine($"{moves} moves to another class of workers");
        Assert.InRange(moves, Seeds * s_tasksASeed / 1000, Seeds * s_tasksASeed);

        long overloads = runs.Sum(run => run.Overloads);
        output.WriteLine($"{overloads} times the newest went first");
        Assert.InRange(overloads, Seeds * s_tasksASeed / 10_000, Seeds * s_tasksASeed);
    }

    [Fact]
    public async Task Seed_TwoRuns_TellTheSameStory()
    {
        SeedRun first = new(7), second = new(7);
        await Task.Run(() => first.RunAsync(20_000));
        await Task.Run(() => second.RunAsync(20_000));

        Assert.Equal((first.Story, first.Tasks), (second.Story, second.Tasks));
    }

    // Away from the test's synchronization context, so that a handler's continuation runs where its task is completed.
    private Task<SeedRun> RunAsync(int seed) => Task.Run(async () =>
    {
        SeedRun run = new(seed);
        try
        {
            await run.RunAsync(s_tasksASeed);
        }
        catch (SimulationException)
        {
            output.WriteLine($"To reproduce: ./dispatcher soak simulation --first {seed} --seeds 1 --tasks {s_tasksASeed}");
            throw;
        }

        return run;
    });
}
