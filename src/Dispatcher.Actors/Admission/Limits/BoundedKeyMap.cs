using System.Collections.Concurrent;

namespace Dispatcher.Actors.Admission.Limits;

/// <summary>
/// State by key (tenant, target, ordering key) for at most a given number of keys. A known key is found without a lock and without
/// allocation. A new key takes a free place; if there is none, the place of an entry that lets itself be closed, found by a clock hand that
/// looks at a few places. If none of those does, the key gets no entry, and its user does what it states for this case.
/// </summary>
/// <typeparam name="TEntry">What is kept for a key.</typeparam>
internal sealed class BoundedKeyMap<TEntry>
    where TEntry : KeyEntry
{
    /// <summary>How many places the clock hand looks at for one new key.</summary>
    internal const int Looks = 16;

    private readonly ConcurrentDictionary<string, TEntry> _entries;
    private readonly TEntry?[] _places;
    private readonly Func<string, long, TEntry> _make;
    private readonly Lock _adding = new();
    private int _count;
    private int _hand;
    private long _turnedAway;

    /// <summary>Makes an empty map.</summary>
    /// <param name="capacity">How many keys it has room for, at least 1.</param>
    /// <param name="make">Makes the entry of a key at a time.</param>
    public BoundedKeyMap(int capacity, Func<string, long, TEntry> make)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _entries = new ConcurrentDictionary<string, TEntry>(Environment.ProcessorCount, Math.Min(capacity, 1024), StringComparer.Ordinal);
        _places = new TEntry?[capacity];
        _make = make;
    }

    /// <summary>How many keys it knows.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many look-ups found no room for their key.</summary>
    public long TurnedAway => Volatile.Read(ref _turnedAway);

    /// <summary>Finds a key's entry, or makes it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The entry, which another thread may close at any moment; null where there is no room.</returns>
    public TEntry? Find(string key, long now) => _entries.TryGetValue(key, out TEntry? entry) ? entry : Add(key, now);

    /// <summary>
    /// Finds the successor of an entry that was met closed. Race: whoever closed it is about to take it out of the map, and holds the lock
    /// until then.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The time, a timestamp.</param>
    public TEntry? FindAnew(string key, long now) => Add(key, now);

    /// <summary>Finds a key's entry, if it has one.</summary>
    /// <param name="key">The key.</param>
    public TEntry? Peek(string key) => _entries.TryGetValue(key, out TEntry? entry) ? entry : null;

    /// <summary>Does something with every entry.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEach(Action<TEntry> visit)
    {
        foreach (KeyValuePair<string, TEntry> pair in _entries)
            visit(pair.Value);
    }

    // One at a time: two threads that bring the same new key must not give it two entries, and with them twice the limit.
    private TEntry? Add(string key, long now)
    {
        lock (_adding)
        {
            if (_entries.TryGetValue(key, out TEntry? entry))
                return entry;
            int place = _count < _places.Length ? _count : FreePlace(now);
            if (place < 0)
            {
                _turnedAway++;
                return null;
            }

            entry = _make(key, now);
            _places[place] = entry;
            _entries[key] = entry;
            if (place == _count)
                Volatile.Write(ref _count, place + 1);
            return entry;
        }
    }

    private int FreePlace(long now)
    {
        for (int look = Math.Min(Looks, _places.Length); look > 0; look--)
        {
            int place = _hand;
            _hand = (_hand + 1) % _places.Length;
            TEntry entry = _places[place]!;
            if (!entry.TryClose(now))
                continue;
            _entries.TryRemove(entry.Key, out _);
            return place;
        }

        return -1;
    }
}
