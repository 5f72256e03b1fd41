using System.Runtime.CompilerServices;
using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Dispatch;

/// <summary>The way of one type of task into its pool.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What its handler returns.</typeparam>
internal sealed class TaskRoute<TTask, TResult> : TaskRoute<TResult>
    where TTask : notnull
{
    private static readonly int s_cellTypeId = CellCaches.Register();

    private readonly Func<IServiceProvider?, ITaskHandler<TTask, TResult>> _makeHandler;

    /// <summary>Makes a route.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="handlerName">The handler's name, for messages.</param>
    /// <param name="makeHandler">Makes a handler for a worker.</param>
    public TaskRoute(PoolCore core, string handlerName, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> makeHandler)
        : base(core, typeof(TTask), handlerName, s_cellTypeId)
    {
        _makeHandler = makeHandler;
    }

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
        TaskCell<TTask, TResult>? cell = TryAdmit(options, cancellationToken, out CellState place, out OutcomeDetail? refusal);
        if (cell == null)
            return new ValueTask<TaskOutcome<TResult>>(TaskOutcome<TResult>.Ended(refusal!));
        cell.Fill(task, TaskSink.Awaiter, null);
        cell.Begin(place);
        ValueTask<TaskOutcome<TResult>> outcome = new(cell, cell.Token);
        Enter(cell, place, cancellationToken);
        return outcome;
    }

    public async ValueTask<TaskHandle<TResult>> SubmitAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        TaskCell<TTask, TResult>? cell = TryAdmit(options, cancellationToken, out CellState place, out OutcomeDetail? refusal);
        if (cell == null)
            return TaskHandle<TResult>.Refused(refusal!);
        TaskHandle<TResult> handle = new();
        Task<TaskHandle<TResult>>? acceptance = place == CellState.Waiting ? handle.ExpectAcceptance() : null;
        Hand(cell, task, handle, place, cancellationToken);
        return acceptance == null ? handle : await acceptance.ConfigureAwait(false);
    }

    public bool TrySubmit(TTask task, TaskOptions? options, out TaskHandle<TResult> handle)
    {
        TaskCell<TTask, TResult>? cell = TryAdmit(options, CancellationToken.None, out CellState place, out OutcomeDetail? refusal, mayWait: false);
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
        TaskCell<TTask, TResult>? cell = TryAdmit(options, CancellationToken.None, out CellState place, out _, mayWait: false);
        if (cell == null)
            return false;
        cell.Fill(task, TaskSink.Nobody, null);
        cell.Begin(place);
        Enter(cell, place, CancellationToken.None);
        return true;
    }

    public ValueTask<bool> PostAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        TaskCell<TTask, TResult>? cell = TryAdmit(options, cancellationToken, out CellState place, out _);
        if (cell == null)
            return new ValueTask<bool>(false);
        if (place == CellState.Waiting)
            return new ValueTask<bool>(WaitForPlaceAsync(cell, task, cancellationToken));
        cell.Fill(task, TaskSink.Nobody, null);
        cell.Begin(place);
        Enter(cell, place, cancellationToken);
        return new ValueTask<bool>(true);
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

    // A cell with all that the options ask for; null and a reason where the task is refused.
    private TaskCell<TTask, TResult>? TryAdmit(
        TaskOptions? options, CancellationToken cancellationToken, out CellState place, out OutcomeDetail? refusal, bool mayWait = true)
    {
        ParentTask? parent = ParentTask.Current;
        TaskTimes times = options == null && parent == null ? default : ReadTimes(options, parent);
        place = CellState.Queued;
        if (times.Refusal != null || cancellationToken.IsCancellationRequested)
        {
            refusal = Core.Refuse(times.Refusal ?? OutcomeDetails.CancelledByCaller);
            return null;
        }

        TaskPriority priority = options?.Priority ?? TaskPriority.P1;
        refusal = Core.Admit(priority, options?.Key, mayWait, out TaskLine line, out place);
        if (refusal != null)
            return null;
        TaskCell<TTask, TResult> cell = Rent();
        if (!ReferenceEquals(cell.Route, this))
            cell.Route = this;
        if (!ReferenceEquals(cell.Line, line))
            cell.Line = line;
        cell.Priority = priority;
        if (options != null || times.Parent != null || Core.QueueBudgetTicks != 0)
            times.ApplyTo(cell, options, Core);
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
