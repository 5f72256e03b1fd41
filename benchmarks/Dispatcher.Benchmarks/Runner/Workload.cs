namespace Dispatcher.Benchmarks.Runner;

/// <summary>A named peer and how to set it up.</summary>
internal sealed record Peer(string Name, Func<IContestant> Start);

/// <summary>The same work for several peers, which run in turn.</summary>
internal sealed record Workload(string Name, string Title)
{
    public required IReadOnlyList<Peer> Peers { get; init; }

    /// <summary>The columns; the first is the one that ratios are of.</summary>
    public required IReadOnlyList<Metric> Columns { get; init; }

    /// <summary>Operations a round. Choose it so that a round takes 0.2 s or more.</summary>
    public required int Operations { get; init; }

    /// <summary>What <see cref="Operations"/> must be a multiple of, where --quick lowers it.</summary>
    public int OperationsStep { get; init; } = 1;

    /// <summary>Runs before the first round that nobody counts: tiered compilation, pools, rings.</summary>
    public int WarmUps { get; init; } = 3;

    /// <summary>How long the rounds may take, all together; a workload that needs longer gets fewer rounds, but three at least.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The peer that ratios are against; null for no ratios.</summary>
    public string? Reference { get; init; }

    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>A sentence for the report, where the title does not say it all.</summary>
    public string? Note { get; init; }

    public int OperationsOf(bool quick)
    {
        if (!quick) return Operations;
        var tenth = Operations / 10 / OperationsStep * OperationsStep;
        return Math.Max(tenth, OperationsStep);
    }
}
