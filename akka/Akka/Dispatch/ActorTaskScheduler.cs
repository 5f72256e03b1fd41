using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>
/// Runs the steps of an actor's asynchronous turn on the actor's own turn: each step after an await comes back as a system message, while the
/// mailbox holds back user messages until the turn's task is done.
/// </summary>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell _cell;
    private IActorRef? _sender;

    internal ActorTaskScheduler(ActorCell cell) => _cell = cell;

    /// <summary>The message whose turn it is.</summary>
    public object? CurrentMessage { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    protected virtual void OnBeforeTaskStarted() { }

    protected virtual void OnAfterTaskCompleted() { }

    protected override void QueueTask(Task task)
    {
        if ((task.CreationOptions & TaskCreationOptions.LongRunning) != 0)
            new Thread(static state => ((Action)state!)()) { IsBackground = true }.Start((Action)(() => TryExecuteTask(task)));
        else if (InternalCurrentActorCellKeeper.Current == _cell) Execute(task);
        else _cell.SendSystemMessage(new ActorTaskSchedulerMessage(this, task));
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        // A step that is queued already runs when its message comes; another actor's thread must not run ours.
        if (taskWasPreviouslyQueued || InternalCurrentActorCellKeeper.Current != _cell) return false;
        return Execute(task);
    }

    internal bool Execute(Task task)
    {
        OnBeforeTaskStarted();
        try
        {
            return TryExecuteTask(task);
        }
        finally
        {
            OnAfterTaskCompleted();
        }
    }

    internal void Resume(ActorCell cell, Task task) => cell.Continue(CurrentMessage, _sender, task);

    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <exception cref="InvalidOperationException">No actor has its turn on this thread.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = InternalCurrentActorCellKeeper.Current ?? throw new InvalidOperationException("RunTask must be called from an actor context.");
        var scheduler = cell.TaskScheduler;
        scheduler.CurrentMessage = cell.CurrentMessage;
        scheduler._sender = cell.CurrentSenderOrNull;

        // Started inside a task of this scheduler, so that every await captures it.
        var first = new Task<Task>(asyncAction);
        first.RunSynchronously(scheduler);
        var turn = first.Unwrap();
        if (turn.IsCompleted)
        {
            scheduler.CurrentMessage = null;
            scheduler._sender = null;
            if (FailureOf(turn) is { } failure) ExceptionDispatchInfo.Throw(failure);
            return;
        }
        cell.Mailbox.Suspend();
        turn.ContinueWith(static (done, state) => ((ActorTaskScheduler)state!).Finish(done), scheduler, CancellationToken.None, TaskContinuationOptions.None, scheduler);
    }

    private void Finish(Task turn)
    {
        _cell.FinishTurn(FailureOf(turn));
        CurrentMessage = null;
        _sender = null;
    }

    private static Exception? FailureOf(Task task) => task.Status switch
    {
        TaskStatus.Faulted => task.Exception!.InnerExceptions.Count == 1 ? task.Exception.InnerException : task.Exception,
        TaskStatus.Canceled => new TaskCanceledException(task),
        _ => null,
    };
}

/// <summary>One step of an asynchronous turn, on its way back to the actor.</summary>
internal sealed class ActorTaskSchedulerMessage(ActorTaskScheduler scheduler, Task task) : SystemMessage, IDeadLetterSuppression
{
    internal void Run(ActorCell cell) => scheduler.Resume(cell, task);

    public override string ToString() => "<ActorTask>";
}
