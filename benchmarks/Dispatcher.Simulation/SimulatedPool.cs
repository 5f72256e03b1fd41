using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Simulation;

/// <summary>
/// A pool by discrete events: one bounded queue, first come, first served, and workers that take a task each. Tasks and their run times are those
/// of the seed, whatever the size of the pool. Workers that go finish what they have.
/// </summary>
internal sealed class SimulatedPool : IPoolGauge, IPoolResizer
{
    public const int QueueCapacity = 8192;

    private readonly Workload _workload;
    private readonly VirtualTime _time;
    private readonly Arrivals _arrivals;
    private readonly TaskQueue _queue = new(QueueCapacity);
    private readonly PriorityQueue<Run, long> _runs = new();
    private readonly Queue<long> _starting = new();
    private readonly Stack<long> _idle = new();
    private int _staying;
    private int _desired;
    private int _leaving;
    private long _offered;
    private long _refused;
    private long _ended;
    private long _workerTicksUntil;

    public SimulatedPool(Workload workload, VirtualTime time, ulong seed, int workers)
    {
        _workload = workload;
        _time = time;
        _arrivals = new Arrivals(workload, seed);
        Meter = new PoolMeter(time.TimestampFrequency);
        _desired = workers;
        _staying = workers;
        for (int i = 0; i < workers; i++)
            _idle.Push(0);
    }

    public PoolMeter Meter { get; }

    public int Concurrency => 1;

    public int? Pinned => null;

    public long Offered => _offered;

    public long Refused => _refused;

    /// <summary>Tasks that waited longer than the target.</summary>
    public long Late { get; private set; }

    public required long LateTicks { get; init; }

    /// <summary>Time of all workers, those that start and those that leave included.</summary>
    public double WorkerTicks { get; private set; }

    public PoolReading Read()
    {
        TimeSpan oldest = _queue.Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_time.Ticks - _queue.Peek().ArrivedAt);
        return new PoolReading(_offered, _refused, _ended, _staying, _desired, _runs.Count, _queue.Count, oldest);
    }

    public void Resize(int workers)
    {
        CountWorkers();
        _desired = workers;
        int missing = workers - _staying - _starting.Count;
        for (; missing > 0; missing--)
            _starting.Enqueue(_time.Ticks + _workload.StartTime.Ticks);
        // Those on their way are not stopped; they come, and others go.
        Shrink();
    }

    /// <summary>Goes on to a point in time.</summary>
    public void RunUntil(long until)
    {
        while (true)
        {
            long arrival = _arrivals.Next.ArrivedAt;
            long end = _runs.TryPeek(out _, out long first) ? first : long.MaxValue;
            long start = _starting.TryPeek(out long up) ? up : long.MaxValue;
            long next = Math.Min(arrival, Math.Min(end, start));
            if (next >= until)
                break;
            _time.Ticks = next;
            if (next == end)
                End();
            else if (next == start)
                ComeUp();
            else
                Arrive();
        }

        _time.Ticks = until;
        CountWorkers();
    }

    private void Arrive()
    {
        SimulatedTask task = _arrivals.Take();
        _offered++;
        if (_idle.TryPop(out long warmAt))
            Begin(task, warmAt);
        else if (!_queue.TryAdd(task))
            _refused++;
    }

    private void Begin(SimulatedTask task, long warmAt)
    {
        long now = _time.Ticks;
        Meter.OnStarted(task.ArrivedAt, now);
        if (now - task.ArrivedAt > LateTicks)
            Late++;
        double factor = _workload.Slowdown((double)now / TimeSpan.TicksPerSecond, _runs.Count + 1) * (now < warmAt ? _workload.ColdFactor : 1);
        long end = now + Math.Max(1, (long)(task.RunTicks * factor));
        _runs.Enqueue(new Run(task.ArrivedAt, now, warmAt), end);
    }

    private void End()
    {
        Run run = _runs.Dequeue();
        Meter.OnEnded(run.ArrivedAt, run.StartedAt, _time.Ticks);
        _ended++;
        if (_leaving > 0)
        {
            CountWorkers();
            _leaving--;
        }
        else if (_queue.TryTake(out SimulatedTask task))
        {
            Begin(task, run.WarmAt);
        }
        else
        {
            _idle.Push(run.WarmAt);
        }
    }

    private void ComeUp()
    {
        CountWorkers();
        _starting.Dequeue();
        _staying++;
        long warmAt = _time.Ticks + _workload.ColdFor.Ticks;
        if (_queue.TryTake(out SimulatedTask task))
            Begin(task, warmAt);
        else
            _idle.Push(warmAt);
        Shrink();
    }

    private void Shrink()
    {
        for (; _staying > _desired; _staying--)
        {
            if (!_idle.TryPop(out _))
                _leaving++;
        }
    }

    private void CountWorkers()
    {
        WorkerTicks += (double)(_time.Ticks - _workerTicksUntil) * (_staying + _leaving + _starting.Count);
        _workerTicksUntil = _time.Ticks;
    }

    private readonly record struct Run(long ArrivedAt, long StartedAt, long WarmAt);
}
