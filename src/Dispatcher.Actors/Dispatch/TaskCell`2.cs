using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Dispatcher.Actors.Admission.Keys;
using Dispatcher.Actors.Workers;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Dispatch;

/// <summary>The typed half of a cell: payload, handler call, outcome. See <see cref="TaskCell"/> for who may touch it when.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What its handler returns.</typeparam>
internal sealed class TaskCell<TTask, TResult> : TaskCell, IValueTaskSource<TaskOutcome<TResult>>
    where TTask : notnull
{
    private TTask _task = default!;
    private OutcomeSource<TResult> _source;
    private TaskHandle<TResult>? _handle;
    private Flight? _flight;

    /// <summary>Tells the awaiter of this task from that of the cell's last one.</summary>
    public short Token => _source.Token;

    /// <summary>The payload.</summary>
    public TTask Task => _task;

    /// <summary>Puts a task in.</summary>
    /// <param name="task">The payload.</param>
    /// <param name="sink">Who wants the outcome.</param>
    /// <param name="handle">The handle; null unless it is one.</param>
    public void Fill(TTask task, TaskSink sink, TaskHandle<TResult>? handle)
    {
        _task = task;
        Sink = sink;
        if (handle == null)
            return;
        _handle = handle;
        IsShared = true;
        PassesOn = true;
    }

    /// <inheritdoc/>
    public override RunEnd Run(WorkerSlot slot)
    {
        if (!ReferenceEquals(Slot, slot))
            Slot = slot;
        if (EnteredAt != 0)
            NoteStarted();
        ValueTask<TResult> pending;
        try
        {
            var handler = Unsafe.As<ITaskHandler<TTask, TResult>>(slot.HandlerFor(Route));
            pending = PassesOn | IsTraced | IsMeasured ? HandleInFlow(handler) : handler.HandleAsync(_task, new TaskContext(this));
            if (!pending.IsCompleted)
                return TakeOff(slot, pending);
        }
        catch (Exception error)
        {
            return EndThrown(slot, error);
        }

        return Finish(slot, pending);
    }

    /// <inheritdoc/>
    public override void NotifyAccepted() => _handle?.SetAccepted();

    /// <inheritdoc/>
    public override void Execute()
    {
        CallerTimes callers = Route.Callers;
        if (Id % CallerTimes.SampleEvery != 0 || !callers.AreOfInterest)
        {
            _source.Resume();
            return;
        }

        long start = Stopwatch.GetTimestamp();
        _source.Resume();
        callers.Note(Stopwatch.GetTimestamp() - start);
    }

    TaskOutcome<TResult> IValueTaskSource<TaskOutcome<TResult>>.GetResult(short token)
    {
        TaskOutcome<TResult> outcome = _source.GetResult(token);
        if (IsClean)
            Recycle();
        return outcome;
    }

    ValueTaskSourceStatus IValueTaskSource<TaskOutcome<TResult>>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<TaskOutcome<TResult>>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Gives the cell back.</summary>
    public void Recycle()
    {
        Extras?.Reset();
        Free();
        _task = default!;
        _handle = null;
        DueAt = 0;
        Attempt = 1;
        IsClean = false;
        IsShared = false;
        PassesOn = false;
        IsGuarded = false;
        IsTraced = false;
        IsMeasured = false;
        if (Sink == TaskSink.Awaiter)
            _source.Reset();
        CellCaches.Return(Route.CellTypeId, this);
    }

    /// <inheritdoc/>
    protected override void Deliver(OutcomeDetail detail) => Deliver(TaskOutcome<TResult>.Ended(detail), mayLend: false);

    // The worker's own turn goes on without it: neither its other tasks nor a caller that it lends the turn to is this task's child.
    private ValueTask<TResult> HandleInFlow(ITaskHandler<TTask, TResult> handler)
    {
        ParentTask? outer = ParentTask.Current;
        Activity? span = Activity.Current;
        TurnMeter? meter = IsMeasured ? Extras!.Meter : null, around = null;
        if (meter != null)
        {
            around = TurnMeter.Current;
            TurnMeter.Current = meter;
        }

        if (PassesOn)
            ParentTask.Current = new ParentTask(this, RunId);
        if (IsTraced)
            BeginProcess();
        try
        {
            return handler.HandleAsync(_task, new TaskContext(this));
        }
        finally
        {
            ParentTask.Current = outer;
            Activity.Current = span;
            if (meter != null)
                TurnMeter.Current = around;
        }
    }

    /// <inheritdoc/>
    protected override bool TryFallBack(OutcomeDetail detail)
    {
        if (!Unsafe.As<TaskRoute<TTask, TResult>>(Route).TryFallBack(_task, detail, out TResult? result))
            return false;
        Route.Core.Counters.CountFallback();
        if (IsGuarded)
            LeaveGate(detail.Kind, detail);
        _handle?.NoteFallback();
        Deliver(TaskOutcome<TResult>.Completed(result), mayLend: false);
        return true;
    }

    private RunEnd Finish(WorkerSlot slot, ValueTask<TResult> pending)
    {
        TResult result;
        try
        {
            result = pending.Result;
        }
        catch (Exception error)
        {
            return EndThrown(slot, error);
        }

        if (!TryEndRunning())
        {
            NoteReturn();
            return RunEnd.Ended;
        }

        slot.CountCompleted();
        if (EnteredAt != 0)
            EndTiming(null);
        if (IsTraced)
            Settle(null);
        if (Deliver(TaskOutcome<TResult>.Completed(result), Route.Callers.AreShort))
            slot.Lend(this);
        return RunEnd.Ended;
    }

    private RunEnd EndThrown(WorkerSlot slot, Exception error)
    {
        if (EndThrown(error))
            return RunEnd.Ended;
        slot.NoteFault(error);
        return RunEnd.Faulted;
    }

    private RunEnd TakeOff(WorkerSlot slot, ValueTask<TResult> pending)
    {
        _flight ??= new Flight(this);
        slot.TakeOff(this);
        _flight.Start(pending);
        return RunEnd.InFlight;
    }

    private void Land(ref ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter awaiter)
    {
        WorkerSlot slot = Slot!;
        int index = FlightIndex;
        TResult result;
        try
        {
            result = awaiter.GetResult();
        }
        catch (Exception error)
        {
            slot.Land(this, index, EndThrown(error) ? null : error);
            return;
        }

        if (TryEndRunning())
        {
            slot.CountCompletedInFlight();
            if (EnteredAt != 0)
                EndTiming(null);
            if (IsTraced)
                Settle(null);
            Deliver(TaskOutcome<TResult>.Completed(result), mayLend: false);
        }
        else
        {
            NoteReturn();
        }

        slot.Land(this, index, null);
    }

    // The cell is the awaiter's, the handle's or the pool's after this: nothing may touch it, except to run the awaiter where this says so.
    private bool Deliver(in TaskOutcome<TResult> outcome, bool mayLend) =>
        Extras is { Link: { } link } ? DeliverKeyed(link, outcome, mayLend) : DeliverPlain(outcome, mayLend);

    // The outcome is there before the next task of its key may start.
    private bool DeliverKeyed(KeyLink link, in TaskOutcome<TResult> outcome, bool mayLend)
    {
        PoolCore core = Route.Core;
        bool lends = DeliverPlain(outcome, mayLend);
        core.LeaveKey(link);
        return lends;
    }

    private bool DeliverPlain(in TaskOutcome<TResult> outcome, bool mayLend)
    {
        if (IsGuarded)
            LeaveGate(outcome.Kind, outcome.Detail);
        if (Sink == TaskSink.Awaiter)
            return _source.Set(outcome, this, mayLend);

        TaskHandle<TResult>? handle = _handle;
        if (IsClean)
            Recycle();
        handle?.Complete(outcome);
        return false;
    }

    /// <summary>A handler on its way: its awaiter, and the delegate that it calls. Made once a cell.</summary>
    private sealed class Flight
    {
        private readonly TaskCell<TTask, TResult> _cell;
        private readonly Action _land;
        private ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter _awaiter;

        public Flight(TaskCell<TTask, TResult> cell)
        {
            _cell = cell;
            _land = Land;
        }

        public void Start(ValueTask<TResult> pending)
        {
            _awaiter = pending.ConfigureAwait(false).GetAwaiter();
            _awaiter.UnsafeOnCompleted(_land);
        }

        // The awaiter is taken out first: once the outcome is delivered, the cell and this object may carry the next task.
        private void Land()
        {
            ConfiguredValueTaskAwaitable<TResult>.ConfiguredValueTaskAwaiter awaiter = _awaiter;
            _awaiter = default;
            _cell.Land(ref awaiter);
        }
    }
}
