namespace Dispatcher.Actors.Telemetry;

/// <summary>
/// Which tasks are timed: all of them, until there are more than the pool can afford; then one of 2, 4, 8 and so on. A token bucket on the timed ones
/// decides: one that runs dry halves the share, one that is full doubles it. A choice by the task's number, which knows nothing of how long it takes.
/// </summary>
/// <remarks>Any thread; two at the same moment may count as one.</remarks>
internal sealed class TimingSampler
{
    /// <summary>How many tasks a second are timed at most, over time.</summary>
    public const int MaxPerSecond = 50_000;

    /// <summary>The most tasks that a timed one stands for.</summary>
    public const int MaxShare = 1024;

    private const int Burst = 4096;

    private readonly long _refillTicks;
    private long _seenAt;
    private long _left = Burst;
    private int _mask;

    /// <summary>Makes one that has all timed.</summary>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public TimingSampler(long timestampFrequency) => _refillTicks = Math.Max(1, timestampFrequency / MaxPerSecond);

    /// <summary>How many tasks a timed one stands for.</summary>
    public uint Weight => (uint)Volatile.Read(ref _mask) + 1;

    /// <summary>Whether a task is timed.</summary>
    /// <param name="number">Its number, one of a row without gaps.</param>
    public bool Takes(long number) => (number & Volatile.Read(ref _mask)) == 0;

    /// <summary>A task was timed.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public void OnTimed(long now)
    {
        long refill = (now - Volatile.Read(ref _seenAt)) / _refillTicks;
        long left = Volatile.Read(ref _left) - 1;
        if (refill > 0)
        {
            left = Math.Min(Burst, left + refill);
            Volatile.Write(ref _seenAt, now);
        }

        int mask = Volatile.Read(ref _mask);
        if (left <= 0 && mask < MaxShare - 1)
        {
            Volatile.Write(ref _mask, (mask << 1) | 1);
            left = Burst / 2;
        }
        else if (left == Burst && mask != 0)
        {
            Volatile.Write(ref _mask, mask >> 1);
            left = Burst / 2;
        }

        Volatile.Write(ref _left, Math.Max(0, left));
    }
}
