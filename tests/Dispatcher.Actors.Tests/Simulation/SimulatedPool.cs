using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Routing;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// A pool, or a class of its workers, whose actors are played by one seeded thread: wake-ups, turns, restarts and landings happen in an order that the seed chooses. The core is
/// the real one. Nothing here knows what the core does inside; it only keeps the actors' contract.
/// </summary>
internal sealed class SimulatedPool : IPoolSignals
{
    private readonly World _world;
    private readonly List<SimulatedWorker> _mail = [];
    private readonly SortedDictionary<int, SimulatedWorker> _workers = [];
    private readonly Drain _drain;
    private bool _reviewWanted;
    private bool _sweepWanted;
    private bool _draining;
    private bool _stopping;
    private bool _inTurn;

    public SimulatedPool(World world, PoolCore core)
    {
        _world = world;
        Core = core;
        _drain = new Drain(Core);
    }

    public PoolCore Core { get; }

    /// <summary>Restarts that happened, for the simulation's own sanity.</summary>
    public int Restarts { get; set; }

    /// <summary>Whether the pool's actor has stopped.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether some actor has something to do, without any time passing.</summary>
    public bool HasWork => _mail.Count > 0 || (!_stopping && (_reviewWanted || IsSweepDue));

    private bool IsSweepDue => _sweepWanted && Core.NextSweep <= _world.Time.GetTimestamp();

    /// <summary>The pool's actor starts.</summary>
    public void Start()
    {
        Core.Connect(this);
        Core.Resize(_world.Settings.WorkersMin);
        TakePoolTurn();
        Core.Open();
    }

    public void RouteWake()
    {
        // The router's logic runs on the sender's thread; the message it sends arrives some time later.
        if (Core.Idle.TryTakeForWake(out int index))
            _workers[index].Raise();
        _world.Interrupts.Point();
    }

    public void RouteWakeTo(int worker)
    {
        // A wake-up for an actor that has stopped is a dead letter.
        if (_workers.TryGetValue(worker, out SimulatedWorker? actor))
            actor.Raise();
        _world.Interrupts.Point();
    }

    public void StartWatch()
    {
    }

    public void ArmSweep()
    {
        _sweepWanted = true;
        _world.Interrupts.Point();
    }

    public void Review()
    {
        _reviewWanted = true;
        _world.Interrupts.Point();
    }

    /// <summary>One step of some actor.</summary>
    public void Step()
    {
        if (!_stopping && !_inTurn && (_reviewWanted || IsSweepDue) && (_mail.Count == 0 || _world.OneIn(4)))
        {
            TakePoolTurn();
            return;
        }

        if (_mail.Count == 0)
            return;
        int i = _world.Random.Next(_mail.Count);
        SimulatedWorker worker = _mail[i];
        // An actor has one turn at a time.
        if (worker.InTurn)
            return;
        _mail.RemoveAt(i);
        worker.OnTurn();
    }

    /// <summary>A worker's actor wants a turn.</summary>
    /// <param name="worker">The actor.</param>
    public void Post(SimulatedWorker worker) => _mail.Add(worker);

    /// <summary>A worker's actor has stopped.</summary>
    /// <param name="worker">The actor.</param>
    public void Forget(SimulatedWorker worker) => _workers.Remove(worker.Slot.Index);

    /// <summary>Kills a worker's actor, as a supervisor's Stop would.</summary>
    public void KillOne()
    {
        if (_workers.Count > 0)
            _workers.Values.ElementAt(_world.Random.Next(_workers.Count)).Stop();
    }

    /// <summary>Begins to drain.</summary>
    public void BeginDrain()
    {
        _drain.Begin();
        _draining = true;
        OnTick();
    }

    /// <summary>Some time has passed. While it drains, the pool's actor looks again and again.</summary>
    public void OnTick() => _reviewWanted |= _draining;

    /// <summary>Stops the pool's actor, drained or not. Its children stop before it does, each after its turn.</summary>
    public void Stop()
    {
        _stopping = true;
        foreach (SimulatedWorker worker in _workers.Values.ToList())
            worker.Stop();
        EndStop();
    }

    /// <summary>A worker's actor has stopped and left its place.</summary>
    public void EndStop()
    {
        if (!_stopping || IsOver || _workers.Count > 0)
            return;
        IsOver = true;
        Core.Close();
        Core.AbandonRunning("the pool was stopped");
    }

    private void TakePoolTurn()
    {
        _inTurn = true;
        _reviewWanted = false;
        if (IsSweepDue)
        {
            _sweepWanted = false;
            Core.Sweep();
        }

        if (_drain.TryEnd())
            Stop();
        else if (Core.Phase <= PoolPhase.Running)
            Adjust();
        _inTurn = false;
    }

    private void Adjust()
    {
        int surplus = Core.Slots.Staying - Core.Slots.Missed - Core.Desired;
        if (surplus > 0)
            Core.Slots.RequestDrain(surplus);
        for (; surplus < 0 && Core.Slots.TryTake() is { } slot; surplus++)
        {
            SimulatedWorker worker = new(_world, this, slot);
            _workers[slot.Index] = worker;
            slot.Man(worker);
            slot.WarmUp();
            worker.Raise();
        }
    }
}
