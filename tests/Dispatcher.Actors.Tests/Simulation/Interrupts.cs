using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// Lets others act in the middle of something, as if the thread had lost its processor there: wherever the core signals its actors, in handlers, and where
/// a worker on its way to a task reads the time. What lies between two such points happens at once; the tests on real threads look into that.
/// </summary>
internal sealed class Interrupts(Random random)
{
    private const int MaxDepth = 3;
    private const int OneIn = 12;

    private DeedTable? _deeds;
    private int _depth;
    private int _clockOpen;

    /// <summary>Begins.</summary>
    /// <param name="deeds">What others may do.</param>
    public void Begin(DeedTable deeds) => _deeds = deeds;

    /// <summary>A point at which others may act.</summary>
    public void Point()
    {
        if (_deeds == null || _depth == MaxDepth || random.Next(OneIn) != 0)
            return;
        _depth++;
        int clockOpen = _clockOpen;
        _clockOpen = 0;
        // What others hand in is no child of the task whose handler they interrupt.
        ParentTask? parent = ParentTask.Current;
        if (parent != null)
            ParentTask.Current = null;
        _deeds.OfOthers();
        if (parent != null)
            ParentTask.Current = parent;
        _clockOpen = clockOpen;
        _depth--;
    }

    /// <summary>Somebody reads the time.</summary>
    public void AtClock()
    {
        // Not everywhere: one who asks a task to stop reads the time between two steps that others wait for, spinning. A single thread would for ever.
        if (_clockOpen > 0)
            Point();
    }

    /// <summary>Runs a turn: others may act where it reads the time.</summary>
    /// <param name="turn">The turn.</param>
    public T Turn<T>(Func<T> turn)
    {
        _clockOpen++;
        T end = turn();
        _clockOpen--;
        return end;
    }

    /// <summary>Leaves a turn for foreign code: a handler.</summary>
    /// <returns>What to come back with.</returns>
    public int Leave()
    {
        int open = _clockOpen;
        _clockOpen = 0;
        return open;
    }

    /// <summary>Comes back to a turn.</summary>
    /// <param name="open">What <see cref="Leave"/> returned.</param>
    public void Return(int open) => _clockOpen = open;
}
