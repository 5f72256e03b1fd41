using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Dispatch;

/// <summary>The way of one type of task into its pool.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What its handler returns.</typeparam>
internal sealed partial class TaskRoute<TTask, TResult> : TaskRoute<TResult>
    where TTask : notnull
{
    private static readonly int s_cellTypeId = CellCaches.Register();

    private readonly Func<IServiceProvider?, ITaskHandler<TTask, TResult>> _makeHandler;
    private readonly Func<TTask, long>? _measure;
    private readonly int _payloadCap;
    private Func<TTask, OutcomeDetail, TResult>? _fallback;
    private FallbackSettings? _fallbackSettings;

    /// <summary>Makes a route.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="handlerName">The handler's name, for messages.</param>
    /// <param name="makeHandler">Makes a handler for a worker.</param>
    /// <param name="measure">Measures a task's payload in bytes; null where the task itself knows, or nobody.</param>
    public TaskRoute(
        PoolCore core, string handlerName, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> makeHandler, Func<TTask, long>? measure = null)
        : base(core, typeof(TTask), handlerName, s_cellTypeId)
    {
        _makeHandler = makeHandler;
        if (measure == null && typeof(IPayloadSize).IsAssignableFrom(typeof(TTask)))
            measure = static task => ((IPayloadSize)task).PayloadBytes;
        IsMeasurable = measure != null;
        _payloadCap = Settings.Contract.PayloadCap;
        _measure = _payloadCap == 0 ? null : measure;
        _paces = core.Gate?.Paces(Admission) ?? false;
    }

    /// <inheritdoc/>
    public override Type HandlerType => typeof(ITaskHandler<TTask, TResult>);

    /// <inheritdoc/>
    public override object MakeHandler(IServiceProvider? services) => _makeHandler(services);

    /// <inheritdoc/>
    public override ValueTask<TaskOutcome<TResult>> RunAsync(ITask<TResult> task, TaskOptions? options, CancellationToken cancellationToken) =>
        RunAsync((TTask)task, options, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<TaskHandle<TResult>> SubmitAsync(ITask<TResult> task, TaskOptions? options, CancellationToken cancellationToken) =>
        SubmitAsync((TTask)task, options, cancellationToken);

    /// <inheritdoc/>
    public override bool TrySubmit(ITask<TResult> task, TaskOptions? options, out TaskHandle<TResult> handle) =>
        TrySubmit((TTask)task, options, out handle);

    /// <inheritdoc/>
    public override bool TrySubmit(ITask<TResult> task, TaskOptions? options) => TrySubmit((TTask)task, options);

    /// <inheritdoc/>
    public override ValueTask<bool> PostAsync(ITask<TResult> task, TaskOptions? options, CancellationToken cancellationToken) =>
        PostAsync((TTask)task, options, cancellationToken);

    public ValueTask<TaskOutcome<TResult>> RunAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        if (Urgent != null && IsUrgent(options, out TaskRoute<TTask, TResult>? way))
            return way.RunAsync(task, options, cancellationToken);
        if (options is { IdempotencyKey: not null })
            return RunOnce(task, options, cancellationToken);
        if (MustPace(options))
            return RunPacedAsync(task, options, cancellationToken);
        TaskCell<TTask, TResult>? cell = TryAdmit(task, options, cancellationToken, out CellState place, out OutcomeDetail? refusal);
        if (cell == null)
            return new ValueTask<TaskOutcome<TResult>>(AtDoor(task, refusal!));
        cell.Fill(task, TaskSink.Awaiter, null);
        cell.Begin(place);
        ValueTask<TaskOutcome<TResult>> outcome = new(cell, cell.Token);
        Enter(cell, place, cancellationToken);
        return outcome;
    }

    public async ValueTask<TaskHandle<TResult>> SubmitAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        if (Urgent != null && IsUrgent(options, out TaskRoute<TTask, TResult>? way))
            return await way.SubmitAsync(task, options, cancellationToken).ConfigureAwait(false);
        if (options is { IdempotencyKey: not null })
            return await SubmitOnceAsync(task, options, cancellationToken).ConfigureAwait(false);
        if (MustPace(options))
            return await SubmitPacedAsync(task, options, cancellationToken).ConfigureAwait(false);
        TaskCell<TTask, TResult>? cell = TryAdmit(task, options, cancellationToken, out CellState place, out OutcomeDetail? refusal);
        if (cell == null)
            return TaskHandle<TResult>.Ended(AtDoor(task, refusal!));
        TaskHandle<TResult> handle = new();
        Task<TaskHandle<TResult>>? acceptance = place == CellState.Waiting ? handle.ExpectAcceptance() : null;
        Hand(cell, task, handle, place, cancellationToken);
        return acceptance == null ? handle : await acceptance.ConfigureAwait(false);
    }

    public bool TrySubmit(TTask task, TaskOptions? options, out TaskHandle<TResult> handle)
    {
        if (Urgent != null && IsUrgent(options, out TaskRoute<TTask, TResult>? way))
            return way.TrySubmit(task, options, out handle);
        if (options is { IdempotencyKey: not null })
            return TrySubmitOnce(task, options, out handle);
        TaskCell<TTask, TResult>? cell = TryAdmit(task, options, CancellationToken.None, out CellState place, out OutcomeDetail? refusal, mayWait: false);
        if (cell == null)
        {
            handle = TaskHandle<TResult>.Refused(refusal!);
            return false;
        }

        handle = new TaskHandle<TResult>();
        Hand(cell, task, handle, place, CancellationToken.None);
        return true;
    }

    public bool TrySubmit(TTask task, TaskOptions? options)
    {
        if (Urgent != null && IsUrgent(options, out TaskRoute<TTask, TResult>? way))
            return way.TrySubmit(task, options);
        if (options is { IdempotencyKey: not null })
            return TrySubmitOnce(task, options, out _);
        TaskCell<TTask, TResult>? cell = TryAdmit(task, options, CancellationToken.None, out CellState place, out _, mayWait: false);
        if (cell == null)
            return false;
        cell.Fill(task, TaskSink.Nobody, null);
        cell.Begin(place);
        Enter(cell, place, CancellationToken.None);
        return true;
    }

    public ValueTask<bool> PostAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        if (Urgent != null && IsUrgent(options, out TaskRoute<TTask, TResult>? way))
            return way.PostAsync(task, options, cancellationToken);
        if (options is { IdempotencyKey: not null })
            return new ValueTask<bool>(PostOnceAsync(task, options, cancellationToken));
        if (MustPace(options))
            return PostPacedAsync(task, options, cancellationToken);
        TaskCell<TTask, TResult>? cell = TryAdmit(task, options, cancellationToken, out CellState place, out _);
        if (cell == null)
            return new ValueTask<bool>(false);
        if (place == CellState.Waiting)
            return new ValueTask<bool>(WaitForPlaceAsync(cell, task, cancellationToken));
        cell.Fill(task, TaskSink.Nobody, null);
        cell.Begin(place);
        Enter(cell, place, cancellationToken);
        return new ValueTask<bool>(true);
    }

    /// <summary>Sets the fallback handler.</summary>
    /// <param name="fallback">Answers for a task in place of an outcome.</param>
    /// <param name="settings">When.</param>
    public void SetFallback(Func<TTask, OutcomeDetail, TResult> fallback, FallbackSettings settings)
    {
        _fallback = fallback;
        _fallbackSettings = settings;
        HasFallback = true;
    }

    /// <summary>Asks the fallback handler. What it throws is logged, and the outcome stands.</summary>
    /// <param name="task">The task.</param>
    /// <param name="outcome">Its outcome otherwise.</param>
    /// <param name="result">The answer.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFallBack(TTask task, OutcomeDetail outcome, [MaybeNullWhen(false)] out TResult result)
    {
        result = default;
        if (_fallback == null || !FallbackPolicy.Uses(outcome, _fallbackSettings!))
            return false;
        try
        {
            result = _fallback(task, outcome);
            return true;
        }
        catch (Exception error)
        {
            Core.Log.FallbackFailed(Core.Settings.Name, TaskType.Name, error);
            return false;
        }
    }

    private bool IsTooLarge(TTask task) => _measure != null && _measure(task) > _payloadCap;

    // Whether the task has another way because it is urgent.
    private bool IsUrgent(TaskOptions? options, [MaybeNullWhen(false)] out TaskRoute<TTask, TResult> way)
    {
        TaskOptions? complete = Defaults == null ? options : Defaults.Complete(options);
        way = complete?.Priority == TaskPriority.P0 ? Unsafe.As<TaskRoute<TTask, TResult>>(Urgent) : null;
        return way != null;
    }

    // The refusal is counted already.
    private TaskOutcome<TResult> AtDoor(TTask task, OutcomeDetail refusal)
    {
        if (!HasFallback || !TryFallBack(task, refusal, out TResult? result))
            return TaskOutcome<TResult>.Ended(refusal);
        Core.Counters.Recount(refusal);
        return TaskOutcome<TResult>.Completed(result);
    }

    private async Task<bool> WaitForPlaceAsync(TaskCell<TTask, TResult> cell, TTask task, CancellationToken cancellationToken)
    {
        TaskHandle<TResult> handle = new();
        Task<TaskHandle<TResult>> acceptance = handle.ExpectAcceptance();
        Hand(cell, task, handle, CellState.Waiting, cancellationToken);
        await acceptance.ConfigureAwait(false);
        return handle.HasPlace;
    }

    private void Hand(TaskCell<TTask, TResult> cell, TTask task, TaskHandle<TResult> handle, CellState place, CancellationToken cancellationToken)
    {
        cell.Fill(task, TaskSink.Handle, handle);
        handle.Bind(cell, cell.Begin(place));
        Enter(cell, place, cancellationToken);
    }

    // The same, for callers who ask whether it has its place: they learn it before its outcome can be there.
    private void HandAccepted(TaskCell<TTask, TResult> cell, TTask task, TaskHandle<TResult> handle, CellState place, CancellationToken cancellationToken)
    {
        cell.Fill(task, TaskSink.Handle, handle);
        handle.Bind(cell, cell.Begin(place));
        if (place == CellState.Queued)
            handle.SetAccepted();
        Enter(cell, place, cancellationToken);
    }

    // A cell with all that the options ask for; null and a reason where the task is refused.
    private TaskCell<TTask, TResult>? TryAdmit(
        TTask task, TaskOptions? options, CancellationToken cancellationToken, out CellState place, out OutcomeDetail? refusal, bool mayWait = true)
    {
        // One that has a moment was measured before it got it.
        if (_measure != null && options is not { Slot: not null } && IsTooLarge(task))
        {
            place = CellState.Queued;
            refusal = Core.Refuse(OutcomeDetails.PayloadTooLarge);
            return null;
        }

        // Callers' traces are of use to those who listen to spans, and to the log.
        if (!(Tracing.IsOn | Core.TaskLog.IsOn) && options is null or { TraceContext: null })
            return TryEnterDoor(options, mayWait, cancellationToken, out place, out refusal);
        Activity? caller = Activity.Current;
        ActivityContext from = options?.TraceContext ?? caller?.Context ?? default;
        Activity? send = Tracing.Start("send", ActivityKind.Producer, TaskType.Name, Core.Settings.Name, from);
        TaskCell<TTask, TResult>? cell = TryEnterDoor(options, mayWait, cancellationToken, out place, out refusal);
        Tracing.End(send, refusal, caller);
        if (cell != null && (send != null || from != default))
            cell.Join(send?.Context ?? from);
        return cell;
    }

    private TaskCell<TTask, TResult>? TryEnterDoor(
        TaskOptions? options, bool mayWait, CancellationToken cancellationToken, out CellState place, out OutcomeDetail? refusal)
    {
        if (Defaults != null)
            options = Defaults.Complete(options);
        ParentTask? parent = ParentTask.Current;
        TaskTimes times = options == null && parent == null ? default : ReadTimes(options, parent);
        place = CellState.Queued;
        if (times.Refusal != null || cancellationToken.IsCancellationRequested)
        {
            refusal = Core.Refuse(times.Refusal ?? OutcomeDetails.CancelledByCaller);
            return null;
        }

        TaskPriority priority = options?.Priority ?? TaskPriority.P1;
        return Core.Gate == null || Core.Phase > PoolPhase.Running
            ? TryTakePlace(options, times, priority, mayWait, out place, out refusal)
            : TryPassGate(Core.Gate, options, times, priority, mayWait, out place, out refusal);
    }

    private TaskCell<TTask, TResult>? TryPassGate(
        AdmissionGate gate, TaskOptions? options, in TaskTimes times, TaskPriority priority, bool mayWait, out CellState place, out OutcomeDetail? refusal)
    {
        place = CellState.Queued;
        refusal = gate.TryEnter(Admission, priority, options, out AdmissionTicket ticket, out RateTakes taken);
        if (refusal != null)
        {
            Core.Refuse(refusal);
            return null;
        }

        TaskCell<TTask, TResult>? cell = TryTakePlace(options, times, priority, mayWait, out place, out refusal);
        if (cell == null)
        {
            gate.Undo(Admission, ref ticket, taken);
            return null;
        }

        cell.EnsureExtras().Ticket = ticket;
        cell.IsGuarded = true;
        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TaskCell<TTask, TResult>? TryTakePlace(
        TaskOptions? options, in TaskTimes times, TaskPriority priority, bool mayWait, out CellState place, out OutcomeDetail? refusal)
    {
        refusal = Core.Admit(priority, options?.Key, mayWait, out TaskLine line, out place);
        if (refusal != null)
            return null;
        TaskCell<TTask, TResult> cell = Rent();
        if (!ReferenceEquals(cell.Route, this))
            cell.Route = this;
        if (!ReferenceEquals(cell.Line, line))
            cell.Line = line;
        cell.Priority = priority;
        if (options != null || times.Parent != null || HasTimes)
            times.ApplyTo(cell, options);
        return cell;
    }

    private TaskTimes ReadTimes(TaskOptions? options, ParentTask? ambient) =>
        new(options, options is { IsDetached: true } ? null : options?.Parent?.AsParent() ?? ambient, Core.Clock);

    // Tokens are watched before the task can be seen: afterwards the cell may be at work, or serve another task.
    private void Enter(TaskCell<TTask, TResult> cell, CellState place, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            cell.IsShared = true;
            cell.PassesOn = true;
            cell.EnsureExtras().Registration = cancellationToken.UnsafeRegister(
                static state => ((TaskCell)state!).RequestCancel(((TaskCell)state).Id, OutcomeDetails.CancelledByCaller), cell);
        }

        if (cell.PassesOn && cell.Extras?.Parent != null)
            cell.FollowParent();
        Core.Enter(cell, place);
    }

    private TaskCell<TTask, TResult> Rent() =>
        CellCaches.TryRent(CellTypeId, out TaskCell? cell) ? Unsafe.As<TaskCell<TTask, TResult>>(cell) : new TaskCell<TTask, TResult>();
}
