using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Overload;

/// <summary>
/// A pool under load by discrete events, with the real gate: processors that serve 50 us each, a queue of 1024 by class, a submitter that wakes now and
/// then and submits what is due. 10 % of the tasks are P0, 30 % P1, 60 % P2. Virtual time, one seed.
/// </summary>
internal sealed class OverloadSimulation
{
    private const int Queue = 1024;
    private const double Milli = TimeSpan.TicksPerMillisecond;

    private readonly OverloadLoad _load;
    private readonly Random _random;
    private readonly ManualTime _time = new();
    private readonly AdmissionGate _gate;
    private readonly TypeAdmission _type;
    private readonly Queue<Item>[] _queues = [new(), new(), new()];
    private readonly PriorityQueue<Action, long> _events = new();
    private readonly OverloadResult _result = new();
    private readonly bool[] _idle;
    private uint _look;
    private int _queued;
    private int _wakes;
    private double _due;
    private double _change;
    private long _stalledUntil;
    private bool _counts;

    public OverloadSimulation(AdmissionSettings settings, OverloadLoad load, int seed)
    {
        _load = load;
        _random = new Random(seed);
        _gate = new AdmissionGate(settings, Queue, new Clock(_time), new SharedRandom(seed), null, (before, decision) => _result.Log.Add($"{before} to {decision.Limit} stands: {decision.Reason}"));
        _type = _gate.ForType("task");
        _idle = new bool[load.Processors];
        Array.Fill(_idle, true);
    }

    private long Now => _time.GetTimestamp();

    /// <summary>Runs, and counts from a point in time on.</summary>
    /// <param name="unseen">How long it runs before it is counted.</param>
    /// <param name="counted">How long it is counted.</param>
    public OverloadResult Run(TimeSpan unseen, TimeSpan counted)
    {
        long begin = Now + unseen.Ticks, end = begin + counted.Ticks;
        _due = Now;
        _change = Now + (2000 * Milli);
        At(Now, Arrive);
        if (_load.StallMillis > 0)
            At(Now + Draw(_load.StallEveryMillis), Stall);
        while (_events.TryDequeue(out Action? happen, out long at) && at < end)
        {
            _time.Advance(TimeSpan.FromTicks(at - Now));
            _counts = Now >= begin;
            happen();
        }

        _result.Goodput = _result.Millis.Count / (_load.PerMilli * Math.Min(1, _load.Times) * counted.TotalMilliseconds);
        _result.Limit = _gate.Snapshot().Limit ?? 0;
        return _result;
    }

    private void At(long when, Action happen) => _events.Enqueue(happen, when);

    private long Draw(double meanMillis) => (long)((0.5 + _random.NextDouble()) * meanMillis * Milli);

    // All processors go to somebody else for a while.
    private void Stall()
    {
        _stalledUntil = Now + (long)(_load.StallMillis * Milli);
        At(Now + Draw(_load.StallEveryMillis), Stall);
    }

    private void Arrive()
    {
        for (; _due <= Now; _due += Milli / (_load.PerMilli * (_due < _change ? _load.Times : _load.Then)))
        {
            int draw = _random.Next(10);
            Submit(draw == 0 ? TaskPriority.P0 : draw < 4 ? TaskPriority.P1 : TaskPriority.P2, (long)_due);
        }

        At(Now + Draw(_load.WakeMillis + (++_wakes % 50 == 0 ? _load.HiccupMillis : 0)), Arrive);
        for (int i = 0; i < _idle.Length; i++)
        {
            if (_idle[i])
                Serve(i);
        }
    }

    private void Submit(TaskPriority priority, long due)
    {
        if (_counts)
            _result.Offered[(int)priority]++;
        Rejected? refusal = _gate.TryEnter(_type, priority, null, out AdmissionTicket ticket, out var taken);
        if (refusal == null && _queued == Queue)
        {
            _gate.Undo(_type, ref ticket, taken);
            refusal = new Rejected(RejectReason.QueueFull, TimeSpan.Zero);
        }

        if (refusal != null)
        {
            Refuse(priority, refusal.Reason);
            return;
        }

        _queued++;
        _queues[(int)priority].Enqueue(new Item(priority, due, ticket));
    }

    private void Refuse(TaskPriority priority, RejectReason reason)
    {
        if (!_counts)
            return;
        _result.Refused[(int)priority]++;
        _result.Reasons[reason] = _result.Reasons.GetValueOrDefault(reason) + 1;
    }

    private void Serve(int processor)
    {
        while (TryTake(out Item? item))
        {
            if (_gate.OnTaken(item.Priority, ref item.Ticket))
            {
                _gate.Exit(_type, ref item.Ticket, OutcomeKind.Rejected, null);
                Refuse(item.Priority, RejectReason.Shed);
                continue;
            }

            _idle[processor] = false;
            At(Math.Max(Now, _stalledUntil) + (long)(_load.ServiceMillis * Milli), () => End(processor, item));
            return;
        }

        _idle[processor] = true;
        _gate.OnEmpty();
    }

    private void End(int processor, Item item)
    {
        _gate.Exit(_type, ref item.Ticket, OutcomeKind.Completed, null);
        if (_counts)
        {
            _result.Millis.Add((Now - item.Due) / Milli);
            if (item.Priority == TaskPriority.P0)
                _result.UrgentMillis.Add((Now - item.Due) / Milli);
        }

        Serve(processor);
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Item? item)
    {
        int first = PriorityOrder.First(_look++);
        item = null;
        for (int i = -1; i < _queues.Length && item == null; i++)
            _queues[i < 0 ? first : i].TryDequeue(out item);
        _queued -= item == null ? 0 : 1;
        return item != null;
    }

    private sealed class Item(TaskPriority priority, long due, AdmissionTicket ticket)
    {
        public AdmissionTicket Ticket = ticket;

        public TaskPriority Priority => priority;

        public long Due => due;
    }
}
