namespace Dispatcher.Actors.Telemetry;

/// <summary>
/// How often those who only watch have thrown. What they throw ends where they are told: a task keeps its outcome and a loop goes on, whoever watches. Loggers and
/// listeners of the meter are a host's; those of spans and of event streams are the process's, and count at every host. Any thread.
/// </summary>
internal sealed class TelemetryFaults
{
    /// <summary>Those of the whole process.</summary>
    public static readonly TelemetryFaults OfProcess = new();

    private readonly long[] _counts = new long[Enum.GetValues<TelemetrySink>().Length];

    /// <summary>One has thrown.</summary>
    /// <param name="sink">Who.</param>
    public void Count(TelemetrySink sink) => Interlocked.Increment(ref _counts[(int)sink]);

    /// <summary>How often it was thrown there.</summary>
    /// <param name="sink">Where.</param>
    public long Of(TelemetrySink sink) => Volatile.Read(ref _counts[(int)sink]) + (ReferenceEquals(this, OfProcess) ? 0 : OfProcess.Of(sink));
}
