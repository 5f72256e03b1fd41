using Dispatcher.Actors.Workers;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>The actor of a worker: a mailbox with one flag, and what it does after a turn.</summary>
internal sealed class SimulatedWorker(World world, SimulatedPool pool, WorkerSlot slot) : IWorkerSignal
{
    private readonly Func<TurnEnd> _turn = slot.RunTurn;
    private bool _turnWanted;
    private bool _stopWanted;
    private bool _stopped;
    private Exception? _fault;

    public WorkerSlot Slot => slot;

    /// <summary>Whether it has its turn just now.</summary>
    public bool InTurn { get; private set; }

    public void Raise()
    {
        if (_turnWanted || _stopped)
            return;
        _turnWanted = true;
        pool.Post(this);
    }

    public void OnTurn()
    {
        if (_stopped)
            return;
        InTurn = true;
        _turnWanted = false;
        Exception? fault = _fault;
        _fault = null;
        // The supervisor's answer comes before the next message.
        if (fault != null && pool.Core.DecideFailure(fault) == SupervisionDirective.Stop)
        {
            _stopWanted = true;
        }
        else
        {
            if (fault != null)
            {
                slot.Renew();
                pool.Restarts++;
            }

            End(world.Interrupts.Turn(_turn));
        }

        InTurn = false;
        if (_stopWanted)
            Stop();
    }

    /// <summary>The actor stops, after its turn.</summary>
    public void Stop()
    {
        _stopWanted = true;
        if (InTurn || _stopped)
            return;
        _stopped = true;
        pool.Forget(this);
        slot.Leave();
        pool.Core.Slots.Return(slot);
        pool.Core.OnWorkersChanged();
        pool.EndStop();
    }

    private void End(TurnEnd end)
    {
        switch (end)
        {
            case TurnEnd.Yield or TurnEnd.Leave:
                Raise();
                break;
            case TurnEnd.Faulted:
                _fault = slot.TakeFault();
                SimulationException.Unless(_fault != null, () => $"Worker {slot.Index} failed without an error.");
                Raise();
                break;
            case TurnEnd.Drained:
                _stopWanted = true;
                break;
            default:
                break;
        }
    }
}
