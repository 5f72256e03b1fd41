namespace Dispatcher.Actors.Hosting;

/// <summary>How a new version of a handler is rolled out, by code. What is left out comes from <c>roll-out</c> of the type, and below it of the pool. Checked when the pool starts.</summary>
public sealed record RollOutOptions
{
    /// <summary>What the new version is called; without it, its type's name. Another name shows it to other keys.</summary>
    public string? Version { get; init; }

    /// <summary>How many calls of each version a look needs. 10 to 1,000,000.</summary>
    public int? MinimumSamples { get; init; }

    /// <summary>The probability that a version which is no worse is cut off all the same. 0.000001 to 0.5.</summary>
    public double? FalseAlarm { get; init; }

    /// <summary>By how much the share of calls that fail may be higher than the old version's. 0 to 1: 0.01 lets 3 % follow 2 %.</summary>
    public double? ErrorMargin { get; init; }

    /// <summary>By how much of the old version's the 99th percentile of its times may be longer. 0 to 100: 0.25 lets 125 ms follow 100 ms.</summary>
    public double? LatencyMargin { get; init; }
}
