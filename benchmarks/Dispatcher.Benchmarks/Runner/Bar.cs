namespace Dispatcher.Benchmarks.Runner;

/// <summary>What a peer must reach: a value, or a ratio against another peer in the same round; the median over the rounds decides.</summary>
internal sealed record Bar(string Peer, Metric Metric, double Limit, string? Against = null)
{
    /// <summary>At least (more is better) or at most (less is better) <paramref name="times"/> the figure of the other peer.</summary>
    public static Bar Ratio(string peer, Metric metric, string against, double times) => new(peer, metric, times, against);

    /// <summary>At least or at most <paramref name="limit"/>, by which way the metric is better.</summary>
    public static Bar Value(string peer, Metric metric, double limit) => new(peer, metric, limit);

    private string Sign => Metric.HigherIsBetter ? ">=" : "<=";

    public string Text => Against is null ? $"{Metric.Name} {Sign} {Limit:0.###}" : $"{Metric.Name} {Sign} {Limit:0.0##} x {Against}";

    public bool Holds(double measured) => Metric.HigherIsBetter ? measured >= Limit : measured <= Limit;

    public Spread Measure(WorkloadResult result)
    {
        var own = result.Values(Peer, Metric);
        return Spread.Of(Against is null ? own : Ratios(own, result.Values(Against, Metric)));
    }

    internal static double[] Ratios(double[] own, double[] other)
    {
        var ratios = new double[own.Length];
        for (var i = 0; i < own.Length; i++) ratios[i] = own[i] / other[i];
        return ratios;
    }
}
