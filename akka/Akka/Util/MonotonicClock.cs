using System.Diagnostics;

namespace Akka.Util;

/// <summary>Time since the machine started, unmoved by a change of the machine's date.</summary>
internal static class MonotonicClock
{
    /// <summary>As precise as the machine's tick count: some milliseconds, nearly for free.</summary>
    internal static TimeSpan Elapsed => TimeSpan.FromTicks(Environment.TickCount64 * TimeSpan.TicksPerMillisecond);

    internal static TimeSpan ElapsedHighRes => Stopwatch.GetElapsedTime(0);
}
