namespace Dispatcher.Benchmarks.Runner;

/// <summary>A figure that a round yields: its column head, the decimals it is printed with, and which way is better.</summary>
internal sealed record Metric(string Name, string Format, bool HigherIsBetter = false)
{
    /// <summary>Operations a second, in millions.</summary>
    public static readonly Metric Rate = new("M/s", "0.00", HigherIsBetter: true);

    /// <summary>Bytes that the whole process allocated, an operation.</summary>
    public static readonly Metric Allocated = new("B/op", "0.0");

    /// <summary>Processor time of the whole process, in nanoseconds an operation; what neighbours on the machine disturb least.</summary>
    public static readonly Metric Cpu = new("CPU ns/op", "0");

    public static readonly Metric P50 = new("P50 us", "0.0");
    public static readonly Metric P99 = new("P99 us", "0.0");
    public static readonly Metric P999 = new("P99.9 us", "0.0");

    public static readonly Metric Millis = new("ms", "0.0");

    public string Text(double value) => value.ToString(Format);
}
