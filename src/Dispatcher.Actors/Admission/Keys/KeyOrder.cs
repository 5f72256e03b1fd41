using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission.Keys;

/// <summary>
/// The order of the tasks that have a key: as they come, so many of a key at a time. A task that has to wait is parked: it has its place in the intake, and
/// does not stand in the way of others. The one that ends hands its turn on; nobody looks again and again.
/// </summary>
/// <remarks>
/// Lines are changed under the lock of their shard, states of tasks by compare-and-set only. So whoever ends a parked task (caller, sweep, shedding, stop)
/// needs no lock, and wins or loses against its release; ended either way, the task takes itself out of its line afterwards.
/// A task never has a place in the intake while an earlier one of its key waits for a place: all places could be taken by tasks that wait for one which
/// waits for a place. Of those that wait for a place only the first stands in the waiting line.
/// Bound: every line has a task that was admitted, so there are no more keys than the intake, the waiting line and the workers hold tasks.
/// </remarks>
internal sealed class KeyOrder
{
    private const int ShardsPerProcessor = 4;
    private const int MinShards = 16;

    private readonly int _limit;
    private readonly Clock _clock;
    private KeyShard[]? _shards;

    /// <summary>Makes an order without keys. Costs nothing until the first one comes.</summary>
    /// <param name="limit">How many tasks of a key run at a time, at least 1.</param>
    /// <param name="clock">The time.</param>
    public KeyOrder(int limit, Clock clock)
    {
        _limit = limit;
        _clock = clock;
    }

    /// <summary>How many keys have tasks; a momentary value.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (KeyShard shard in Volatile.Read(ref _shards) ?? [])
            {
                lock (shard.Gate)
                    count += shard.Count;
            }

            return count;
        }
    }

    /// <summary>Takes a task into its key's line. This call decides the order.</summary>
    /// <param name="link">The task.</param>
    /// <param name="place">Where it was admitted to: Queued or Waiting.</param>
    public KeyVerdict Join(KeyLink link, CellState place)
    {
        KeyShard shard = ShardOf(link.Key);
        lock (shard.Gate)
        {
            // Race: a caller has cancelled it already.
            if (link.IsGone)
                return KeyVerdict.Go;
            KeyLine line = shard.LineOf(link.Key);
            line.Append(link);
            bool hasToLine = KeyLine.IsBehindOneWithoutPlace(link);
            if (place == CellState.Waiting)
                return hasToLine && shard.TryPark(link, place, CellState.ParkedWaiting, _clock.Now) ? KeyVerdict.Parked : KeyVerdict.Go;
            if (hasToLine)
                return shard.TryPark(link, place, CellState.ParkedWaiting, _clock.Now) ? KeyVerdict.GaveWay : KeyVerdict.Go;
            return !line.TryGiveTurn(link, _limit) && shard.TryPark(link, place, CellState.Parked, _clock.Now) ? KeyVerdict.Parked : KeyVerdict.Go;
        }
    }

    /// <summary>A task has come from the waiting line to a place in the intake.</summary>
    /// <param name="link">The task.</param>
    /// <param name="step">What that sets going.</param>
    /// <returns>Go or Parked.</returns>
    public KeyVerdict TakePlace(KeyLink link, out KeyStep step)
    {
        KeyShard shard = ShardOf(link.Key);
        lock (shard.Gate)
        {
            step = default;
            if (link.IsGone)
                return KeyVerdict.Go;
            bool isParked = !link.Line!.TryGiveTurn(link, _limit) && shard.TryPark(link, CellState.Queued, CellState.Parked, _clock.Now);
            step = new KeyStep(Release(link.Line), LineUp(link.Next));
            return isParked ? KeyVerdict.Parked : KeyVerdict.Go;
        }
    }

    /// <summary>A task has its outcome: out of the line with it.</summary>
    /// <param name="link">The task.</param>
    /// <returns>What that sets going.</returns>
    public KeyStep Leave(KeyLink link)
    {
        KeyShard shard = ShardOf(link.Key);
        lock (shard.Gate)
        {
            link.IsGone = true;
            if (link.Line is not { } line)
                return default;
            KeyLink? next = link.Next;
            KeyShard.Unpark(link);
            line.Remove(link);
            if (line.IsEmpty)
                shard.Forget(link.Key);
            return new KeyStep(Release(line), LineUp(next));
        }
    }

    /// <summary>Looks after the time of every parked task.</summary>
    /// <param name="core">Their pool.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look; <see cref="long.MaxValue"/> for never.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long next = long.MaxValue;
        foreach (KeyShard shard in Volatile.Read(ref _shards) ?? [])
        {
            for (int c = 0; c < PriorityOrder.Classes; c++)
            {
                for (ParkedTask? parked = shard.Parked(c).First; parked != null; parked = parked.Next)
                    next = Math.Min(next, parked.Link.Cell.Sweep(core, now));
            }
        }

        return next;
    }

    /// <summary>Ends every task that is parked in a given state.</summary>
    /// <param name="core">Their pool.</param>
    /// <param name="state">Parked or ParkedWaiting.</param>
    /// <param name="detail">Their outcome.</param>
    public void EndParked(PoolCore core, CellState state, OutcomeDetail detail)
    {
        foreach (KeyShard shard in Volatile.Read(ref _shards) ?? [])
        {
            for (int c = 0; c < PriorityOrder.Classes; c++)
            {
                for (ParkedTask? parked = shard.Parked(c).First; parked != null; parked = parked.Next)
                    parked.Link.Cell.TryEndParked(core, parked.Link.Id, state, detail);
            }
        }
    }

    /// <summary>Ends the task of a class that has been parked longest with a place in a line. The place is the caller's.</summary>
    /// <param name="place">The line.</param>
    /// <param name="priority">The class.</param>
    /// <param name="link">The task; the caller writes its outcome.</param>
    public bool TryShed(TaskLine place, int priority, [NotNullWhen(true)] out KeyLink? link)
    {
        while ((link = Oldest(place, priority)) != null)
        {
            if (link.TryMove(CellState.Parked, CellState.Ended))
                return true;
        }

        return false;
    }

    // Those who are next get their turns. Race: the next one has ended and is about to take itself out; then it does this.
    private KeyLink? Release(KeyLine line)
    {
        KeyLink? first = null, last = null;
        while (line.Candidate(_limit) is { } link && KeyShard.TryUnpark(link, CellState.Parked, CellState.Queued))
        {
            line.TryGiveTurn(link, _limit);
            if (last == null)
                first = link;
            else
                last.NextReleased = link;
            last = link;
        }

        return first;
    }

    // The first of those that wait for a place goes into the waiting line.
    private static KeyLink? LineUp(KeyLink? link) =>
        link is { State: CellState.ParkedWaiting } && !KeyLine.IsBehindOneWithoutPlace(link)
        && KeyShard.TryUnpark(link, CellState.ParkedWaiting, CellState.Waiting) ? link : null;

    private KeyLink? Oldest(TaskLine place, int priority)
    {
        ParkedTask? oldest = null;
        foreach (KeyShard shard in Volatile.Read(ref _shards) ?? [])
        {
            ParkedTask? parked = shard.Parked(priority).First;
            while (parked != null && !parked.Link.Cell.IsParkedIn(place, parked.Link.Id))
                parked = parked.Next;
            if (parked != null && (oldest == null || parked.Since < oldest.Since))
                oldest = parked;
        }

        return oldest?.Link;
    }

    private KeyShard ShardOf(string key)
    {
        KeyShard[] shards = Volatile.Read(ref _shards) ?? MakeShards();
        // The upper bits: the shard's own table goes by the lower ones.
        return shards[(int)((uint)string.GetHashCode(key, StringComparison.Ordinal) >> (32 - BitOperations.Log2((uint)shards.Length)))];
    }

    private KeyShard[] MakeShards()
    {
        KeyShard[] made = new KeyShard[Math.Max(MinShards, (int)BitOperations.RoundUpToPowerOf2((uint)(Environment.ProcessorCount * ShardsPerProcessor)))];
        for (int i = 0; i < made.Length; i++)
            made[i] = new KeyShard();
        return Interlocked.CompareExchange(ref _shards, made, null) ?? made;
    }
}
