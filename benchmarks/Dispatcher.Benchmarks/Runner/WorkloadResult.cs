namespace Dispatcher.Benchmarks.Runner;

/// <summary>The figures of every peer in every round.</summary>
internal sealed class WorkloadResult(Workload workload, int operations)
{
    private List<(Dictionary<string, Dictionary<Metric, double>> Figures, double Neighbours)> _rounds = [];

    public Workload Workload => workload;
    public int Operations => operations;

    /// <summary>Why the workload has no figures, or null.</summary>
    public string? Failure { get; init; }

    public int Rounds => _rounds.Count;

    /// <summary>The part of the machine that other processes took during each round.</summary>
    public Spread Neighbours => Spread.Of([.. _rounds.Select(static round => round.Neighbours)]);

    /// <summary>Adds a round.</summary>
    public void Add(Dictionary<string, Dictionary<Metric, double>> figures, double neighbours) => _rounds.Add((figures, neighbours));

    /// <summary>Keeps the rounds that others disturbed least.</summary>
    public void KeepCalmest(int rounds) => _rounds = [.. _rounds.OrderBy(static round => round.Neighbours).Take(rounds)];

    public bool Has(string peer, Metric metric) => _rounds.Count > 0 && _rounds[0].Figures.TryGetValue(peer, out var figures) && figures.ContainsKey(metric);

    public double[] Values(string peer, Metric metric)
    {
        var values = new double[_rounds.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!_rounds[i].Figures.TryGetValue(peer, out var figures)) throw new ArgumentException($"Workload {workload.Name} has no peer '{peer}'.", nameof(peer));
            if (!figures.TryGetValue(metric, out values[i])) throw new ArgumentException($"Peer '{peer}' of workload {workload.Name} yields no '{metric.Name}'.", nameof(metric));
        }
        return values;
    }
}
