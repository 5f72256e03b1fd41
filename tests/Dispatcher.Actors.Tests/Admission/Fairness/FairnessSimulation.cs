namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>
/// Discrete events: workers that serve a fair queue, tenants whose tasks come at random, and one tenant that has a long line already. Virtual
/// time, one seed, the real queue.
/// </summary>
internal sealed class FairnessSimulation(ISimulatedQueue queue, int seed, int workers, int tenants, double loadOfTenants, int backlogOfBig)
{
    private const double MeanServiceMillis = 10;
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Event, double> _events = new();
    private readonly List<double> _waits = [];
    private double _now;
    private int _busy;

    /// <summary>How long the tasks of the small tenants waited, sorted.</summary>
    public IReadOnlyList<double> Run(int tasks)
    {
        for (int i = 0; i < backlogOfBig; i++)
            queue.Put(new SimulatedArrival("big", 0));
        for (int i = 0; i < tenants; i++)
            _events.Enqueue(new Event($"tenant {i}"), Pause());
        Serve();
        while (_waits.Count < tasks && _events.TryDequeue(out Event next, out double at))
        {
            _now = at;
            if (next.Tenant is { } tenant)
            {
                queue.Put(new SimulatedArrival(tenant, _now));
                _events.Enqueue(next, _now + Pause());
            }
            else
            {
                _busy--;
            }

            Serve();
        }

        _waits.Sort();
        return _waits;
    }

    private void Serve()
    {
        while (_busy < workers && queue.TryTake(out SimulatedArrival? task))
        {
            _busy++;
            if (task.Tenant != "big")
                _waits.Add(_now - task.At);
            _events.Enqueue(new Event(null), _now + Exponential(MeanServiceMillis));
        }
    }

    private double Pause() => Exponential(MeanServiceMillis * tenants / (workers * loadOfTenants));

    private double Exponential(double mean) => -Math.Log(1 - _random.NextDouble()) * mean;

    private readonly record struct Event(string? Tenant);
}
