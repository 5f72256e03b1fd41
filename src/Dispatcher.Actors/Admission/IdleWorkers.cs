namespace Dispatcher.Actors.Admission;

/// <summary>
/// The idle workers, and whether a wake-up is under way to one of them. One at a time is enough: the one that wakes clears the mark before it looks
/// at the queue, and wakes the next one if there is more than one task. Up to 63 workers all of it is one word, so that a wake-up is one atomic operation.
/// </summary>
internal sealed class IdleWorkers
{
    private const int SmallCapacity = 63;
    private const ulong WakeBit = 1UL << SmallCapacity;

    private readonly IndexMask? _many;
    private PaddedWord _few;
    private PaddedCounter _wakeUnderWay;

    /// <summary>Makes an empty set.</summary>
    /// <param name="capacity">How many workers there may be.</param>
    public IdleWorkers(int capacity) => _many = capacity > SmallCapacity ? new IndexMask(capacity) : null;

    /// <summary>Whether there may be somebody to wake, and no wake-up is under way. Never misses one that was added before.</summary>
    public bool MayWake
    {
        get
        {
            if (_many != null)
                return Volatile.Read(ref _wakeUnderWay.Value) == 0 && _many.Any;
            ulong seen = Volatile.Read(ref _few.Value);
            return seen != 0 && seen < WakeBit;
        }
    }

    /// <summary>How many there are; a momentary value.</summary>
    public int Count => _many?.Count ?? System.Numerics.BitOperations.PopCount(Volatile.Read(ref _few.Value) & ~WakeBit);

    /// <summary>Adds a worker. A full fence: what it reads afterwards is read after it can be seen.</summary>
    /// <param name="index">The worker.</param>
    public void Add(int index)
    {
        if (_many != null)
            _many.Add(index);
        else
            Interlocked.Or(ref _few.Value, 1UL << index);
    }

    /// <summary>Whether a worker is there.</summary>
    /// <param name="index">The worker.</param>
    public bool Contains(int index) => _many?.Contains(index) ?? (Volatile.Read(ref _few.Value) & (1UL << index)) != 0;

    /// <summary>Takes a certain worker out.</summary>
    /// <param name="index">The worker.</param>
    /// <returns>Whether it was there, and this caller has it.</returns>
    public bool TryRemove(int index) =>
        _many?.TryRemove(index) ?? (Interlocked.And(ref _few.Value, ~(1UL << index)) & (1UL << index)) != 0;

    /// <summary>Takes the idle worker of the lowest number for a wake-up, and marks that one is under way. Nobody else wakes until it arrives.</summary>
    /// <param name="index">The worker.</param>
    /// <returns>Whether there is one, and no other wake-up was under way.</returns>
    public bool TryTakeForWake(out int index)
    {
        if (_many != null)
            return TryTakeOfMany(out index);
        ulong seen = Volatile.Read(ref _few.Value);
        while (seen != 0 && seen < WakeBit)
        {
            ulong was = Interlocked.CompareExchange(ref _few.Value, (seen & (seen - 1)) | WakeBit, seen);
            if (was == seen)
            {
                index = System.Numerics.BitOperations.TrailingZeroCount(seen);
                return true;
            }

            seen = was;
        }

        index = -1;
        return false;
    }

    /// <summary>The wake-up has arrived, or will not. A full fence: what the caller reads afterwards is read after others may wake again.</summary>
    public void OnWakeArrived()
    {
        if (_many != null)
            Interlocked.Exchange(ref _wakeUnderWay.Value, 0);
        else
            Interlocked.And(ref _few.Value, ~WakeBit);
    }

    // Race: the last idle worker was taken since the caller looked; a worker goes idle, and another submitter leaves the waking to us, before we take the
    // mark away again. So look again after that.
    private bool TryTakeOfMany(out int index)
    {
        while (Interlocked.Exchange(ref _wakeUnderWay.Value, 1) == 0)
        {
            if (_many!.TryTake(out index))
                return true;
            Interlocked.Exchange(ref _wakeUnderWay.Value, 0);
            if (!_many.Any)
                return false;
        }

        index = -1;
        return false;
    }
}
