using Dispatcher.Actors;

namespace Dispatcher.TestKit;

/// <summary>The calls of one type of task, and the faults planned for them.</summary>
internal sealed class FaultSeries
{
    private readonly Lock _gate = new();
    private volatile Fault[] _faults = [];
    private int _calls;

    /// <summary>How many calls have begun.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>A call begins.</summary>
    /// <returns>Its number.</returns>
    public int Begin() => Interlocked.Increment(ref _calls);

    /// <summary>Plans a fault.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(Fault fault)
    {
        lock (_gate)
            _faults = [.. _faults, fault];
    }

    /// <summary>Lets happen what is planned.</summary>
    /// <param name="call">The call.</param>
    /// <param name="point">Where in the call.</param>
    /// <param name="context">The handler's context.</param>
    /// <param name="count">Called for each fault when it has begun.</param>
    public async ValueTask HappenAsync(int call, FaultPoint point, TaskContext context, Action count)
    {
        foreach (Fault fault in _faults)
        {
            if (fault.Point != point || !fault.Hits(call))
                continue;
            // Under way before it counts: a test that knows of a delay may advance the time.
            ValueTask happening = fault.Happen(context);
            count();
            await happening.ConfigureAwait(false);
        }
    }
}
