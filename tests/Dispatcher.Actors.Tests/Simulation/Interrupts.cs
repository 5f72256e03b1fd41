using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// Lets others act in the middle of something, as if the thread had lost its processor there: wherever the core signals its actors, in handlers, and where
/// a worker on its way to a task reads the time. What lies between two such points happens at once; the tests on real threads look into that.
/// </summary>
internal sealed class Interrupts(Random random)
{
    private const int MaxDepth = 3;
    private const int OneIn = 12;

    // Of the thread that lives: what a caller's continuation reads on another one interrupts nobody.
    [ThreadStatic]
    private static int t_clockOpen;

    private DeedTable? _deeds;
    private int _depth;

    /// <summary>Begins.</summary>
    /// <param name="deeds">What others may do.</param>
    public void Begin(DeedTable deeds) => _deeds = deeds;

    /// <summary>A point at which others may act.</summary>
    public void Point()
    {
        if (_deeds == null || _depth == MaxDepth || random.Next(OneIn) != 0)
            return;
        _depth++;
        int clockOpen = t_clockOpen;
        t_clockOpen = 0;
        // What others hand in is no child of the task whose handler they interrupt.
        ParentTask? parent = ParentTask.Current;
        if (parent != null)
            ParentTask.Current = null;
        // Nor is what they do a part of its run.
        TurnMeter? meter = TurnMeter.Current;
        if (meter != null)
            TurnMeter.Current = null;
        _deeds.OfOthers();
        if (meter != null)
            TurnMeter.Current = meter;
        if (parent != null)
            ParentTask.Current = parent;
        t_clockOpen = clockOpen;
        _depth--;
    }

    /// <summary>Somebody reads the time.</summary>
    public void AtClock()
    {
        // Not everywhere: one who asks a task to stop reads the time between two steps that others wait for, spinning. A single thread would for ever.
        if (t_clockOpen > 0)
            Point();
    }

    /// <summary>Runs a turn: others may act where it reads the time.</summary>
    /// <param name="turn">The turn.</param>
    public T Turn<T>(Func<T> turn)
    {
        t_clockOpen++;
        T end = turn();
        t_clockOpen--;
        return end;
    }

    /// <summary>Leaves a turn for foreign code: a handler.</summary>
    /// <returns>What to come back with.</returns>
    public int Leave()
    {
        int open = t_clockOpen;
        t_clockOpen = 0;
        return open;
    }

    /// <summary>Comes back to a turn.</summary>
    /// <param name="open">What <see cref="Leave"/> returned.</param>
    public void Return(int open) => t_clockOpen = open;
}
