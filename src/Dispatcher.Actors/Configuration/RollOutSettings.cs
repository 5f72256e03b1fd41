namespace Dispatcher.Actors.Configuration;

/// <summary>How a new version of a handler is rolled out. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>, below <c>roll-out</c>.</summary>
public sealed record RollOutSettings
{
    /// <summary><c>share</c></summary>
    public required double Share { get; init; }

    /// <summary><c>minimum-samples</c></summary>
    public required int MinimumSamples { get; init; }

    /// <summary><c>false-alarm</c></summary>
    public required double FalseAlarm { get; init; }

    /// <summary><c>error-margin</c></summary>
    public required double ErrorMargin { get; init; }

    /// <summary><c>latency-margin</c></summary>
    public required double LatencyMargin { get; init; }
}
