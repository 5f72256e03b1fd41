namespace Dispatcher.Actors.Dispatch;

/// <content>The watch over callers that go on inside a worker's turn: one that stays away must not hold up the pool.</content>
internal sealed partial class PoolCore
{
    private int _isWatched;

    /// <summary>Called by a worker that lends its turn: makes sure that the watch is on.</summary>
    public void EnsureWatch()
    {
        if (Volatile.Read(ref _isWatched) == 0 && Interlocked.Exchange(ref _isWatched, 1) == 0)
            _signals.StartWatch();
    }

    /// <summary>
    /// One round of the watch. A worker that has been in the same caller's hands since the last round is held up, and its tasks go to others; after
    /// several rounds another worker stands in for it.
    /// </summary>
    /// <returns>Whether to go on; false when no turn was lent since the last round, and the watch is off.</returns>
    public bool Watch()
    {
        WatchRound round = Slots.Watch();
        if (round.AnyHeld)
            WakeForMore();
        if (round.MissedChanged)
            _signals.Review();
        if (round.AnyLent)
            return true;
        Interlocked.Exchange(ref _isWatched, 0);
        // Race: a worker saw the watch on, and lent its turn after our look. This fence falls somewhere into the course of every thread: before a
        // worker's mark, and then it sees the watch off; or after it, and then we see the mark.
        Interlocked.MemoryBarrierProcessWide();
        return Slots.AnyLending && Interlocked.Exchange(ref _isWatched, 1) == 0;
    }
}
