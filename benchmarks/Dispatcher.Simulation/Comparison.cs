using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;
using Dispatcher.Simulation.Rules;

namespace Dispatcher.Simulation;

/// <summary>All rules on one workload, with the same tasks.</summary>
internal sealed class Comparison
{
    private const double LateShareOfTheSlo = 0.01;

    private static readonly ScalingBounds s_bounds = new(Workloads.MinWorkers, Workloads.MaxWorkers);

    private readonly RuleSettings _settings;
    private readonly ulong _seed;

    public Comparison(RuleSettings settings, ulong seed)
    {
        _settings = settings;
        _seed = seed;
    }

    /// <summary>The rules by name, each with its own seed of random numbers where it needs one.</summary>
    public IReadOnlyList<IScalingPolicy> Rules() =>
    [
        new SloPolicy(_settings.Scaling.Slo, s_bounds),
        new ArticlePolicy(_settings.Scaling.Article, s_bounds),
        new DefaultResizerPolicy(s_bounds),
        new ExploringPolicy(s_bounds, _settings.ExploringShrinkAfter, _seed),
    ];

    public IReadOnlyList<RunResult> Run(Workload workload)
    {
        List<RunResult> results = [.. Rules().Select(rule => Start(workload, rule).Run())];
        results.Add(BestFixed(workload));
        return results;
    }

    public SimulationRun Start(Workload workload, IScalingPolicy rule) => Start(workload, rule, workload.Workers);

    /// <summary>The smallest size with which no more than 1 % of the tasks are late: what the target asks for. By halving; more workers are never later.</summary>
    public RunResult BestFixed(Workload workload)
    {
        int low = Workloads.MinWorkers, high = Workloads.MaxWorkers;
        RunResult best = RunFixed(workload, high);
        while (low < high)
        {
            int middle = (low + high) / 2;
            RunResult result = RunFixed(workload, middle);
            if (result.LateShare <= LateShareOfTheSlo)
            {
                high = middle;
                best = result;
            }
            else
            {
                low = middle + 1;
            }
        }

        return best;
    }

    private RunResult RunFixed(Workload workload, int workers) => Start(workload, new FixedPolicy(), workers).Run();

    private SimulationRun Start(Workload workload, IScalingPolicy rule, int workers) =>
        new(workload, rule, s_bounds, _settings.Scaling, _seed, workers);
}
