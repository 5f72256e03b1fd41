using System.Numerics;

namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// From a task's type to its route, in a few instructions however many types there are: open addressing on the type's handle. Filled before the
/// pool starts; afterwards a type may get another route, and callers see the one or the other.
/// </summary>
internal sealed class RouteTable
{
    private readonly List<TaskRoute> _routes = [];
    private nint[] _keys = new nint[2];
    private TaskRoute?[] _values = new TaskRoute?[2];
    private int _shift = 63;

    /// <summary>How many types there are.</summary>
    public int Count => _routes.Count;

    /// <summary>All routes, in the order of their registration.</summary>
    public IReadOnlyList<TaskRoute> All => _routes;

    /// <summary>Whether some type has handlers of which each worker makes its own.</summary>
    public bool AnyOwn { get; set; }

    /// <summary>Adds a route.</summary>
    /// <param name="route">The route.</param>
    /// <exception cref="ArgumentException">The type has one already.</exception>
    public void Add(TaskRoute route)
    {
        if (Find(route.TaskType) is { } other)
            throw new ArgumentException($"Task type '{route.TaskType}' has two handlers: '{other.HandlerName}' and '{route.HandlerName}'. A pool takes one handler a type.", nameof(route));
        _routes.Add(route);
        Rebuild();
    }

    /// <summary>The route of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Its route; null when it has none.</returns>
    public TaskRoute? Find(Type type)
    {
        nint key = type.TypeHandle.Value;
        nint[] keys = _keys;
        int mask = keys.Length - 1;
        // At most half of the places are taken, so the walk ends.
        for (int i = Start(key); ; i = (i + 1) & mask)
        {
            if (keys[i] == key)
                return _values[i];
            if (keys[i] == 0)
                return null;
        }
    }

    /// <summary>Gives a type another route. Any thread, while others look.</summary>
    /// <param name="route">The route; its type has one.</param>
    public void Replace(TaskRoute route)
    {
        int i = Array.IndexOf(_keys, route.TaskType.TypeHandle.Value);
        Volatile.Write(ref _values[i], route);
    }

    private void Rebuild()
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)_routes.Count * 2 + 2);
        _keys = new nint[size];
        _values = new TaskRoute?[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        foreach (TaskRoute route in _routes)
        {
            nint key = route.TaskType.TypeHandle.Value;
            int i = Start(key);
            while (_keys[i] != 0)
                i = (i + 1) & (size - 1);
            _keys[i] = key;
            _values[i] = route;
        }
    }

    // Fibonacci hashing: handles are aligned addresses, their low bits say nothing.
    private int Start(nint key) => (int)(((ulong)key * 0x9E3779B97F4A7C15UL) >> _shift);
}
