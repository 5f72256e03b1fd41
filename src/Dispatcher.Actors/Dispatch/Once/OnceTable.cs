using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Dispatch.Once;

/// <summary>
/// The tasks of a pool that have an idempotency key: those in flight, and those whose outcome is kept. One lock, held for a few instructions
/// and never while code of others runs; tasks without such a key never come near it.
/// </summary>
internal sealed class OnceTable
{
    private readonly Dictionary<OnceKey, IOnceRun> _runs = [];
    private readonly Queue<IOnceRun> _kept = [];
    private readonly Clock _clock;
    private readonly long _retention;
    private readonly int _capacity;
    private long _joined;

    /// <summary>Makes an empty table.</summary>
    /// <param name="settings">How long outcomes are kept, and how many.</param>
    /// <param name="clock">The time.</param>
    public OnceTable(IdempotencySettings settings, Clock clock)
    {
        _clock = clock;
        _retention = settings.Retention is { } retention ? Math.Max(1, clock.Ticks(retention)) : 0;
        _capacity = settings.Outcomes;
    }

    /// <summary>Guards the table and whatever its runs say is under it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>How many submissions were no tasks of their own.</summary>
    public long Joined => Volatile.Read(ref _joined);

    /// <summary>The time, a timestamp.</summary>
    public long Now => _clock.Now;

    /// <summary>How many keys it holds: of tasks in flight, and of outcomes that are kept.</summary>
    public int Count
    {
        get
        {
            lock (Gate)
                return _runs.Count;
        }
    }

    /// <summary>Joins the task of a key, or begins it.</summary>
    /// <typeparam name="TResult">What the handler of this type of task returns.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="payload">The task.</param>
    /// <param name="caller">The one who joins; null where the payload is another one.</param>
    /// <returns>What it came to.</returns>
    public OnceJoin Join<TResult>(in OnceKey key, object payload, out OnceCaller<TResult>? caller)
    {
        while (true)
        {
            IOnceRun? found;
            long now = Now;
            lock (Gate)
            {
                Forget(now);
                if (!_runs.TryGetValue(key, out found))
                {
                    OnceRun<TResult> made = new(this, key, payload);
                    _runs.Add(key, made);
                    caller = made.Add(isJoined: false);
                    return OnceJoin.First;
                }
            }

            caller = null;
            if (!found.Payload.Equals(payload))
                return OnceJoin.OtherPayload;
            // Race: it ends at this moment in a way that is not kept, and has left the table. Then look again.
            if (!((OnceRun<TResult>)found).TryJoin(out caller))
                continue;
            Interlocked.Increment(ref _joined);
            return OnceJoin.Joined;
        }
    }

    /// <summary>A task has its outcome. Under the lock.</summary>
    /// <param name="run">The task.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="isWorthKeeping">Whether the outcome is one that a repeat may get.</param>
    /// <returns>Whether it is kept.</returns>
    public bool End(IOnceRun run, long now, bool isWorthKeeping)
    {
        Forget(now);
        if (!isWorthKeeping || _retention == 0)
        {
            _runs.Remove(run.Key);
            return false;
        }

        if (_kept.Count == _capacity)
            _runs.Remove(_kept.Dequeue().Key);
        run.KeptUntil = now + _retention;
        _kept.Enqueue(run);
        return true;
    }

    // All are kept equally long, so the oldest is the first whose time is over.
    private void Forget(long now)
    {
        while (_kept.TryPeek(out IOnceRun? oldest) && oldest.KeptUntil <= now)
            _runs.Remove(_kept.Dequeue().Key);
    }
}
