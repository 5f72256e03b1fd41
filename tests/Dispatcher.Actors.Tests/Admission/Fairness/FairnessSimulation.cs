namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>
/// Discrete events: workers that serve a fair queue, tenants whose tasks come at random, and one tenant that has a long line already. Virtual
/// time, one seed, the real queue.
/// </summary>
internal sealed class FairnessSimulation(int seed, int workers, int tenants, double loadOfTenants, int backlogOfBig)
{
    private const double MeanServiceMillis = 10;
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Event, double> _events = new();
    private readonly List<double> _waits = [];
    private double _now;
    private int _busy;

    private readonly FairLine<SimTask> _queue = new(
        backlogOfBig + 100_000,
        new FairnessSettings { MaxTenants = 1000, MaxShare = 1, DefaultWeight = 1, Burst = 16, RetryAfter = TimeSpan.FromMilliseconds(1), Weights = new Dictionary<string, int>() });

    /// <summary>How long the tasks of the small tenants waited, sorted.</summary>
    public IReadOnlyList<double> Run(int tasks)
    {
        for (int i = 0; i < backlogOfBig; i++)
            _queue.TryEnqueue("big", new SimTask("big", 0));
        for (int i = 0; i < tenants; i++)
            _events.Enqueue(new Event($"tenant {i}"), Pause());
        Serve();
        while (_waits.Count < tasks && _events.TryDequeue(out Event next, out double at))
        {
            _now = at;
            if (next.Tenant is { } tenant)
            {
                _queue.TryEnqueue(tenant, new SimTask(tenant, _now));
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

    /// <summary>How many tasks of the big tenant are left.</summary>
    public long Left => _queue.Count;

    private void Serve()
    {
        while (_busy < workers && _queue.TryDequeue(out SimTask? task))
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

    private sealed record SimTask(string Tenant, double At);
}
