namespace Dispatcher.Simulation;

/// <summary>The tasks of a workload, one after the other: a Poisson process whose rate changes, by thinning (Lewis and Shedler 1979).</summary>
internal sealed class Arrivals
{
    private readonly Workload _workload;
    private readonly Rng _times;
    private readonly Rng _runs;
    private double _seconds;

    public Arrivals(Workload workload, ulong seed)
    {
        _workload = workload;
        _times = new Rng(seed);
        _runs = new Rng(seed ^ 0x5851F42D4C957F2D);
        Next = Draw();
    }

    /// <summary>The task that comes next.</summary>
    public SimulatedTask Next { get; private set; }

    public SimulatedTask Take()
    {
        SimulatedTask task = Next;
        Next = Draw();
        return task;
    }

    private SimulatedTask Draw()
    {
        do
        {
            _seconds += _times.NextExponential() / _workload.MaxRate;
        }
        while (_times.Next() * _workload.MaxRate >= _workload.Rate(_seconds) && _seconds < _workload.Length.TotalSeconds + 10);
        return new SimulatedTask((long)(_seconds * TimeSpan.TicksPerSecond), (long)(_workload.RunSeconds(_runs) * TimeSpan.TicksPerSecond));
    }
}
