using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// For scenarios without faults: a pool whose actors are played by one seeded thread: wake-ups, turns, restarts and landings happen in an order that the seed chooses. The core is
/// the real one. Nothing here knows what the core does inside; it only keeps the actors' contract.
/// </summary>
internal sealed class SteppedPool : IPoolSignals
{
    private readonly Random _random;
    private readonly List<Mail> _mail = [];
    private readonly Dictionary<int, Seat> _seats = [];
    private bool _reviewWanted;

    public SteppedPool(int seed, PoolSettings settings)
    {
        _random = new Random(seed);
        Time = new ManualTime();
        Core = TestCells.Core(settings, Time);
        Core.Connect(this);
        Core.Resize(settings.WorkersMin);
        Review();
        Core.Open();
    }

    public PoolCore Core { get; }

    public ManualTime Time { get; }

    public bool HasWork => _mail.Count > 0 || _reviewWanted;

    public void RouteWake()
    {
        // The router's logic runs on the sender's thread; the message it sends arrives some time later.
        if (Core.Idle.TryTakeForWake(out int index))
            _seats[index].Raise();
    }

    public void RouteWakeTo(int worker)
    {
        // A wake-up for an actor that has stopped is a dead letter.
        if (_seats.TryGetValue(worker, out Seat? seat))
            seat.Raise();
    }

    public void StartWatch()
    {
    }

    public void ArmSweep()
    {
    }

    public void Review() => _reviewWanted = true;

    /// <summary>One step of some actor.</summary>
    public void Step()
    {
        if (_reviewWanted && (_mail.Count == 0 || _random.Next(4) == 0))
        {
            _reviewWanted = false;
            Resize();
            return;
        }

        if (_mail.Count == 0)
            return;
        int i = _random.Next(_mail.Count);
        Mail mail = _mail[i];
        _mail.RemoveAt(i);
        mail.Seat.OnTurn();
    }

    private void Resize()
    {
        int surplus = Core.Slots.Staying - Core.Desired;
        if (surplus > 0)
            Core.Slots.RequestDrain(surplus);
        for (; surplus < 0 && Core.Slots.TryTake() is { } slot; surplus++)
        {
            Seat seat = new(this, slot);
            _seats[slot.Index] = seat;
            slot.Man(seat);
            seat.Raise();
        }
    }

    private sealed record Mail(Seat Seat);

    /// <summary>The actor of a worker: a mailbox with one flag, and what it does after a turn.</summary>
    private sealed class Seat(SteppedPool pool, WorkerSlot slot) : IWorkerSignal
    {
        private bool _turnWanted;
        private bool _stopped;
        private bool _failed;

        public void Raise()
        {
            if (_turnWanted || _stopped)
                return;
            _turnWanted = true;
            pool._mail.Add(new Mail(this));
        }

        public void OnTurn()
        {
            if (_stopped)
                return;
            if (_failed)
            {
                // The supervisor's answer comes before the next message.
                _failed = false;
                slot.Renew();
            }

            _turnWanted = false;
            switch (slot.RunTurn())
            {
                case TurnEnd.Yield or TurnEnd.Leave:
                    Raise();
                    break;
                case TurnEnd.Faulted:
                    Assert.NotNull(slot.TakeFault());
                    Raise();
                    _failed = true;
                    break;
                case TurnEnd.Drained:
                    Stop();
                    break;
                default:
                    break;
            }
        }

        public void Stop()
        {
            _stopped = true;
            pool._seats.Remove(slot.Index);
            slot.Leave();
            pool.Core.Slots.Return(slot);
            pool.Core.OnWorkersChanged();
        }
    }
}
