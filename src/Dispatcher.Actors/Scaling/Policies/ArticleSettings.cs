namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>Settings of <see cref="ArticlePolicy"/>. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record ArticleSettings
{
    /// <summary><c>qps-per-worker</c></summary>
    public required int QpsPerWorker { get; init; }

    /// <summary><c>latency</c></summary>
    public required TimeSpan Latency { get; init; }

    /// <summary><c>latency-per-worker</c></summary>
    public required TimeSpan LatencyPerWorker { get; init; }

    /// <summary><c>rising-for</c></summary>
    public required TimeSpan RisingFor { get; init; }

    /// <summary><c>breaches</c></summary>
    public required int Breaches { get; init; }

    /// <summary><c>shrink-after</c></summary>
    public required TimeSpan ShrinkAfter { get; init; }
}
