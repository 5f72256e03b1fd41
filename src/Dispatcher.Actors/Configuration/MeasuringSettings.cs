namespace Dispatcher.Actors.Configuration;

/// <summary>How types of task find their class of workers by measurement. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record MeasuringSettings
{
    /// <summary><c>measuring.every</c></summary>
    public required TimeSpan Every { get; init; }

    /// <summary><c>measuring.runs</c></summary>
    public required int Runs { get; init; }

    /// <summary><c>measuring.in-row</c></summary>
    public required int InRow { get; init; }

    /// <summary><c>measuring.io-above</c></summary>
    public required double IoAbove { get; init; }

    /// <summary><c>measuring.cpu-below</c></summary>
    public required double CpuBelow { get; init; }

    /// <summary><c>measuring.margin</c></summary>
    public required double Margin { get; init; }

    /// <summary><c>measuring.long-above</c></summary>
    public required TimeSpan LongAbove { get; init; }
}
