using Dispatcher.Simulation;
using Xunit.Abstractions;

namespace Dispatcher.Actors.Tests.Scaling.Comparison;

/// <summary>
/// The rules against each other: the product's own policies and control loop on a simulated pool, seeded; the table with all figures is in
/// docs/scaling.md. The workloads are shortened to what shows the point.
/// </summary>
public sealed class PolicyComparisonTests(ITestOutputHelper output)
{
    private const ulong Seed = 11;

    private readonly Dispatcher.Simulation.Comparison _comparison = new(RuleSettings.Default, Seed);

    [Theory]
    [InlineData("constant")]
    [InlineData("heavy tail")]
    public void Slo_ConstantLoad_IsWithinATenthOfTheBestFixedSize(string name)
    {
        Workload workload = Of(name, minutes: 8);
        RunResult slo = Slo(workload).Run();
        RunResult best = _comparison.BestFixed(workload);
        Print(slo, best);
        Assert.InRange(slo.WorkerHours, 0, best.WorkerHours * 1.1);
        Assert.InRange(slo.Violations, 0, best.Violations);
    }

    [Theory]
    [InlineData("10x step", 12)]
    [InlineData("square wave", 12)]
    [InlineData("sawtooth", 12)]
    [InlineData("day", 24)]
    [InlineData("slow dependency", 12)]
    [InlineData("cold start", 6)]
    public void Slo_ChangingLoad_CostsLessThanEveryOtherRule(string name, int minutes)
    {
        Workload workload = Of(name, minutes);
        RunResult[] results = [.. _comparison.Rules().Select(rule => _comparison.Start(workload, rule).Run())];
        Print(results);
        Assert.Equal("slo", results[0].Rule);
        Assert.All(results[1..], other => Assert.True(results[0].Cost < other.Cost, $"{other.Rule} costs {other.Cost:0.00}, slo {results[0].Cost:0.00}"));
    }

    [Fact]
    public void Slo_TenTimesTheLoadAtOnce_IsWithinItsTargetAgainInTenTicks()
    {
        RunResult slo = Slo(Of("10x step", minutes: 8)).Run();
        Print(slo);
        Assert.InRange(slo.RecoveryTicks!.Value, 1, 10);
    }

    [Fact]
    public void Slo_SquareWave_TurnsAtMostTwiceAPeriod()
    {
        Workload workload = Of("square wave", minutes: 16);
        RunResult slo = Slo(workload).Run();
        Print(slo);
        double periods = (workload.Length.TotalSeconds - workload.MeasuredFrom) / workload.PeriodSeconds!.Value;
        Assert.InRange(slo.DirectionChanges, 1, 2 * Math.Ceiling(periods));
    }

    [Fact]
    public void Slo_LoadThatEnds_ReachesTheMinimumByItself()
    {
        Workload workload = Of("constant", minutes: 4) with { Rate = static t => t < 120 ? 4000 : 0 };
        SimulationRun run = Slo(workload);
        RunResult slo = run.Run();
        Print(slo);
        Assert.InRange(run.Sizes[119], 26, 40);
        Assert.Equal(Workloads.MinWorkers, slo.WorkersAtEnd);
        // And long before the idle time-out.
        Assert.Equal(Workloads.MinWorkers, run.Sizes[120 + 45]);
    }

    [Fact]
    public void Slo_SlowDependency_StopsGrowingAndComesBackWhenItIsFast()
    {
        SimulationRun run = Slo(Of("slow dependency", minutes: 12));
        RunResult slo = run.Run();
        Print(slo);
        // Three times the size of before, of the ten times that there may be; then back to about what it was.
        Assert.InRange(slo.MostWorkers, 21, 60);
        Assert.Contains(run.Decisions, static decision => decision.Rule == ScalingRule.ThroughputVeto);
        Assert.All(run.Sizes.Skip(330).Take(270), static size => Assert.InRange(size, 15, 45));
        Assert.InRange(slo.RecoveryTicks!.Value, 0, 10);
    }

    private static Workload Of(string name, int minutes) =>
        Workloads.All.Single(workload => workload.Name == name) with { Length = TimeSpan.FromMinutes(minutes) };

    private SimulationRun Slo(Workload workload) => _comparison.Start(workload, _comparison.Rules()[0]);

    private void Print(params RunResult[] results)
    {
        output.WriteLine($"seed {Seed}");
        foreach (RunResult result in results)
            output.WriteLine(result.ToString());
    }
}
