using System.Diagnostics;

namespace Dispatcher.Actors.Dispatch;

/// <summary>Monotonic time in timestamps, of the system or of a test. The system's is read without the detour over the provider.</summary>
internal sealed class Clock
{
    private readonly TimeProvider? _virtual;

    /// <summary>Makes a clock.</summary>
    /// <param name="provider">Where the time comes from.</param>
    public Clock(TimeProvider provider)
    {
        Provider = provider;
        _virtual = ReferenceEquals(provider, TimeProvider.System) ? null : provider;
    }

    /// <summary>Where the time comes from.</summary>
    public TimeProvider Provider { get; }

    /// <summary>Whether the time is a test's.</summary>
    public bool IsVirtual => _virtual != null;

    /// <summary>The time, a timestamp.</summary>
    public long Now => _virtual == null ? Stopwatch.GetTimestamp() : _virtual.GetTimestamp();

    /// <summary>A duration in timestamp units; never negative, and the longest one where it would not fit.</summary>
    /// <param name="span">The duration.</param>
    public long Ticks(TimeSpan span) =>
        (long)Math.Clamp(span.TotalSeconds * Provider.TimestampFrequency, 0, long.MaxValue / 4);

    /// <summary>The duration between two timestamps.</summary>
    /// <param name="from">The earlier one.</param>
    /// <param name="to">The later one.</param>
    public TimeSpan Between(long from, long to) => Provider.GetElapsedTime(from, to);
}
