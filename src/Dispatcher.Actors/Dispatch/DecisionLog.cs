namespace Dispatcher.Actors.Dispatch;

/// <summary>The newest decisions about a pool. For any thread: one writes, once in a while, and people read.</summary>
/// <typeparam name="T">A decision.</typeparam>
internal sealed class DecisionLog<T>
{
    private readonly Lock _gate = new();
    private readonly int _capacity;
    private T[] _ring = [];
    private long _written;

    /// <summary>Makes an empty log.</summary>
    /// <param name="capacity">How many decisions it keeps, at least 1; the oldest goes first.</param>
    public DecisionLog(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
    }

    /// <summary>Adds one.</summary>
    /// <param name="decision">The decision.</param>
    public void Add(T decision)
    {
        lock (_gate)
        {
            // Most pools never decide anything.
            if (_ring.Length == 0)
                _ring = new T[_capacity];
            _ring[_written++ % _capacity] = decision;
        }
    }

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<T> ToList()
    {
        lock (_gate)
        {
            List<T> all = [];
            for (long i = Math.Max(0, _written - _ring.Length); i < _written; i++)
                all.Add(_ring[i % _capacity]);
            return all;
        }
    }
}
