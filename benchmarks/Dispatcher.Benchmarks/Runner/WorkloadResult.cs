namespace Dispatcher.Benchmarks.Runner;

/// <summary>The figures of every peer in every round.</summary>
internal sealed class WorkloadResult(Workload workload, int operations)
{
    private readonly Dictionary<string, List<Dictionary<Metric, double>>> _rounds = [];

    public Workload Workload => workload;
    public int Operations => operations;

    /// <summary>Why the workload has no figures, or null.</summary>
    public string? Failure { get; init; }

    public int Rounds => _rounds.Count == 0 ? 0 : _rounds[workload.Peers[0].Name].Count;

    public void Add(string peer, Dictionary<Metric, double> figures)
    {
        if (!_rounds.TryGetValue(peer, out var rounds)) _rounds[peer] = rounds = [];
        rounds.Add(figures);
    }

    public bool Has(string peer, Metric metric) => _rounds.TryGetValue(peer, out var rounds) && rounds[0].ContainsKey(metric);

    public double[] Values(string peer, Metric metric)
    {
        if (!_rounds.TryGetValue(peer, out var rounds)) throw new ArgumentException($"Workload {workload.Name} has no peer '{peer}'.", nameof(peer));
        var values = new double[rounds.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!rounds[i].TryGetValue(metric, out values[i]))
                throw new ArgumentException($"Peer '{peer}' of workload {workload.Name} yields no '{metric.Name}'.", nameof(metric));
        }
        return values;
    }
}
