using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// A limit for each key. A task over its key's limit is parked, and gets its permit from the hands of one that leaves: nobody looks again and
/// again, and nobody who comes later gets in between. Lock-free for keys that it knows; a key without tasks makes room for another one.
/// </summary>
/// <typeparam name="T">What waits.</typeparam>
internal sealed class KeyGate<T>
    where T : class
{
    private readonly BoundedKeyMap<KeyPermit<T>> _permits;
    private readonly int _perKey;
    private readonly int _maxPerKey;
    private readonly int _maxParked;
    private PaddedCounter _parked;

    /// <summary>Makes a gate.</summary>
    /// <param name="settings">The limits, validated.</param>
    public KeyGate(KeyLimitSettings settings)
    {
        _permits = new BoundedKeyMap<KeyPermit<T>>(settings.MaxKeys, static (key, _) => new KeyPermit<T>(key));
        _perKey = settings.PerKey;
        _maxPerKey = settings.PerKey + settings.MaxParkedPerKey;
        _maxParked = settings.MaxParked;
    }

    /// <summary>How many wait.</summary>
    public int Parked => (int)Volatile.Read(ref _parked.Value);

    /// <summary>Asks for a permit.</summary>
    /// <param name="key">The key.</param>
    /// <param name="waiter">The task, in case it has to wait. It may be handed a permit before this returns.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="permit">What to give back with <see cref="Exit"/>; null if refused.</param>
    public KeyVerdict TryEnter(string key, T waiter, long now, out KeyPermit<T>? permit)
    {
        permit = _permits.Find(key, now);
        bool hasPlace = false;
        while (permit != null)
        {
            int seen = permit.Count;
            if (seen < 0)
            {
                permit = _permits.FindAnew(key, now);
                continue;
            }

            bool waits = seen >= _perKey;
            if (waits && (seen >= _maxPerKey || !(hasPlace || TryTakePlace())))
                break;
            hasPlace |= waits;
            if (!permit.TryCount(seen))
                continue;
            if (waits)
                permit.Park(waiter);
            else if (hasPlace)
                LeavePlace();
            return waits ? KeyVerdict.Parked : KeyVerdict.Entered;
        }

        if (hasPlace)
            LeavePlace();
        permit = null;
        return KeyVerdict.Refused;
    }

    /// <summary>Gives a permit back.</summary>
    /// <param name="permit">The permit.</param>
    /// <returns>The one that has it now, and is told of it by the caller; null for nobody. If it has ended meanwhile, it gives it back in turn.</returns>
    public T? Exit(KeyPermit<T> permit)
    {
        if (permit.Discount() <= _perKey)
            return null;
        T next = permit.Unpark();
        LeavePlace();
        return next;
    }

    private bool TryTakePlace()
    {
        while (true)
        {
            long seen = Volatile.Read(ref _parked.Value);
            if (seen >= _maxParked)
                return false;
            if (Interlocked.CompareExchange(ref _parked.Value, seen + 1, seen) == seen)
                return true;
        }
    }

    private void LeavePlace() => Interlocked.Decrement(ref _parked.Value);
}
