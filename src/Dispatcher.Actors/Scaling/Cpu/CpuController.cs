namespace Dispatcher.Actors.Scaling.Cpu;

/// <summary>
/// The one judge of processor time for all pools of a process. A pool may grow by the factor that is left between the time in use and the limit:
/// if all pools did so at once, their sum would just reach the limit. For any thread.
/// </summary>
internal sealed class CpuController
{
    // Shorter spans say more about the clock than about the load; within one, all pools see the same figure.
    private static readonly TimeSpan s_span = TimeSpan.FromMilliseconds(900);

    private static readonly Lazy<CpuController> s_ofProcess = new(static () => new CpuController(new ProcessCpu(), TimeProvider.System));

    private readonly Lock _gate = new();
    private readonly ICpuSource _source;
    private readonly TimeProvider _time;
    private long _readAt;
    private TimeSpan _used;
    private double? _share;

    /// <summary>Makes the controller.</summary>
    /// <param name="source">Where the figures come from.</param>
    /// <param name="time">Where the time comes from.</param>
    public CpuController(ICpuSource source, TimeProvider time)
    {
        _source = source;
        _time = time;
        _readAt = time.GetTimestamp();
        _used = source.Used();
    }

    /// <summary>That of this process, in real time.</summary>
    public static CpuController OfProcess => s_ofProcess.Value;

    /// <summary>The share of the allowed time in use, over the last span that was measured; null before the first has ended.</summary>
    public double? Share()
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            TimeSpan elapsed = _time.GetElapsedTime(_readAt, now);
            if (elapsed < s_span)
                return _share;
            TimeSpan used = _source.Used();
            _share = Math.Clamp((used - _used) / elapsed / _source.AllowedCores(), 0, 1);
            _readAt = now;
            _used = used;
            return _share;
        }
    }

    /// <summary>How far a pool may grow.</summary>
    /// <param name="from">Its size.</param>
    /// <param name="to">The size that it wants.</param>
    /// <param name="limit">The share of the allowed time over which it does not grow, over 0 to 1.</param>
    /// <returns>The size that it may have, from the one to the other.</returns>
    public int Allowed(int from, int to, double limit) => Share() is { } share && share > 0 ? (int)Math.Clamp(from * limit / share, from, to) : to;
}
