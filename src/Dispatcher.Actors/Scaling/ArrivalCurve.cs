namespace Dispatcher.Actors.Scaling;

/// <summary>
/// How long the oldest waiting task has waited, without a look at any task: from how many had come at each tick and how many wait now, first come,
/// first served; between two ticks, as if they had come evenly. Not for several threads.
/// </summary>
internal sealed class ArrivalCurve
{
    // Who has waited for longer than this many ticks is that old at least.
    private const int MaxTicks = 64;

    private readonly long[] _counts = new long[MaxTicks];
    private readonly long[] _times = new long[MaxTicks];
    private int _newest = -1;
    private int _filled;

    /// <summary>Ends a tick.</summary>
    /// <param name="timestamp">The time; not before that of the last call.</param>
    /// <param name="come">How many had come to the queue until then; only rises.</param>
    public void Advance(long timestamp, long come)
    {
        _newest = (_newest + 1) % MaxTicks;
        _times[_newest] = timestamp;
        _counts[_newest] = come;
        _filled = Math.Min(_filled + 1, MaxTicks);
    }

    /// <summary>When the oldest of those came who wait at the end of the newest tick, a timestamp.</summary>
    /// <param name="waiting">How many wait.</param>
    /// <returns>The time; that of the newest tick when none waits, that of the oldest known one when it came before.</returns>
    public long OldestCameAt(long waiting)
    {
        long later = _newest;
        if (waiting <= 0)
            return _times[later];
        // So many had come before it.
        long before = _counts[_newest] - waiting;
        for (int i = 1; i < _filled; i++)
        {
            int earlier = (_newest - i + MaxTicks) % MaxTicks;
            if (_counts[earlier] <= before)
            {
                double share = (double)(before - _counts[earlier]) / (_counts[later] - _counts[earlier]);
                return _times[earlier] + (long)((_times[later] - _times[earlier]) * share);
            }

            later = earlier;
        }

        return _times[later];
    }
}
