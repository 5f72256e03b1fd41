using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Admission.Overload;

/// <summary>
/// A pool under load by discrete events, with controlled delay alone: the real door and queue, eight processors that serve 1 ms each in the mean, places for 1024.
/// Tasks come and take their time by chance, the same ones whatever the pool does with them. Virtual time, one seed.
/// </summary>
internal sealed class QueueOrderSimulation
{
    private const int Processors = 8;
    private const double ServiceMillis = 1, Milli = TimeSpan.TicksPerMillisecond;

    private readonly Random _random;
    private readonly ManualTime _time = new();
    private readonly PoolCore _core;
    private readonly TaskRoute<Arrival, int> _route;
    private readonly PriorityQueue<Action, long> _events = new();
    private readonly double[] _classes;
    private readonly List<double> _waits = [];
    private double _times;
    private bool _counts;
    private int _busy;
    private uint _look;

    /// <summary>Makes a pool that idles.</summary>
    /// <param name="delay">Its controlled delay.</param>
    /// <param name="seed">Of all chance.</param>
    /// <param name="classes">The shares of P0, P1 and P2.</param>
    public QueueOrderSimulation(CoDelSettings delay, int seed, params double[] classes)
    {
        _random = new Random(seed);
        _classes = classes;
        _core = TestCells.Core(TestCells.Settings with { QueueCapacity = 1024, Admission = new AdmissionSettings { CoDel = delay } }, _time);
        _route = new TaskRoute<Arrival, int>(_core, "test", _ => new DelegateHandler<Arrival, int>((_, _) => new ValueTask<int>(0)));
        At(Pause(), Arrive);
    }

    /// <summary>How long those waited that were served, in milliseconds, sorted.</summary>
    public IReadOnlyList<double> Waits => _waits;

    /// <summary>Those of them that came in each class.</summary>
    public long[] Served { get; } = new long[3];

    /// <summary>Those that came.</summary>
    public long[] Offered { get; } = new long[3];

    /// <summary>The share of what could be served that was.</summary>
    public double Goodput { get; private set; }

    /// <summary>How long 99 of 100 waited at most that were served.</summary>
    public double P99 => _waits[(int)(_waits.Count * 0.99)];

    /// <summary>How long half of them waited at most.</summary>
    public double P50 => _waits[_waits.Count / 2];

    /// <summary>Goes on.</summary>
    /// <param name="times">How much comes, as a part of what can be served.</param>
    /// <param name="unseen">How long before it is counted.</param>
    /// <param name="counted">How long it is counted.</param>
    public QueueOrderSimulation Run(double times, TimeSpan unseen, TimeSpan counted)
    {
        _times = times;
        Go(unseen);
        _waits.Clear();
        Array.Clear(Served);
        Array.Clear(Offered);
        _counts = true;
        Go(counted);
        _counts = false;
        Goodput = Served.Sum() / (Processors / ServiceMillis * Math.Min(1, times) * counted.TotalMilliseconds);
        _waits.Sort();
        return this;
    }

    private void Go(TimeSpan span)
    {
        long end = _time.GetTimestamp() + span.Ticks;
        while (_events.TryPeek(out Action? happen, out long at) && at < end)
        {
            _events.Dequeue();
            _time.Advance(TimeSpan.FromTicks(at - _time.GetTimestamp()));
            happen();
        }
    }

    private void At(long ticks, Action happen) => _events.Enqueue(happen, _time.GetTimestamp() + ticks);

    private void Arrive()
    {
        double draw = _random.NextDouble();
        var priority = (TaskPriority)(draw < _classes[0] ? 0 : draw < _classes[0] + _classes[1] ? 1 : 2);
        if (_counts)
            Offered[(int)priority]++;
        _route.TrySubmit(new Arrival(priority, _time.GetTimestamp(), Draw(ServiceMillis)), new TaskOptions { Priority = priority });
        At(Pause(), Arrive);
        Serve();
    }

    private void Serve()
    {
        while (_busy < Processors)
        {
            if (!_core.Shared.TryTake(_look++, out TaskCell? cell))
            {
                _core.Gate!.OnEmpty();
                return;
            }

            _busy++;
            Arrival task = ((TaskCell<Arrival, int>)cell).Task;
            if (_counts)
            {
                Served[(int)task.Priority]++;
                _waits.Add((_time.GetTimestamp() - task.At) / Milli);
            }

            At(task.Service, End);
        }
    }

    private void End()
    {
        _busy--;
        Serve();
    }

    private long Pause() => Draw(ServiceMillis / (Processors * Math.Max(0.01, _times)));

    private long Draw(double meanMillis) => (long)(-Math.Log(1 - _random.NextDouble()) * meanMillis * Milli);

    private sealed record Arrival(TaskPriority Priority, long At, long Service);
}
