using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{

    private enum FaultState
    {
        Default,
        Suspended,
        WaitingForChildren,
    }

    private bool IsFailed => FailedActor is not null;

    private FaultState State => IsWaitingForChildren ? FaultState.WaitingForChildren : Mailbox.IsSuspended ? FaultState.Suspended : FaultState.Default;

    public void Suspend() => SendSystemMessage(new Dispatch.SysMsg.Suspend());

    public void Resume(Exception? causedByFailure) => SendSystemMessage(new Dispatch.SysMsg.Resume(causedByFailure));

    public void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    public void Stop() => SendSystemMessage(new Dispatch.SysMsg.Terminate());

    /// <summary>
    /// Runs one system message. While the cell waits for its children to stop, or for a verdict, the messages that would start another
    /// transition are kept until the present one has ended.
    /// </summary>
    internal void SystemInvoke(SystemMessage message)
    {
        var state = State;
        if (MustWait(message, state))
        {
            (StashedSystemMessages ??= new Queue<SystemMessage>()).Enqueue(message);
            return;
        }
        try
        {
            Process(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
        if (StashedSystemMessages is not { Count: > 0 } stashed || State >= state) return;
        StashedSystemMessages = null;
        while (stashed.TryDequeue(out var next)) SystemInvoke(next);
    }

    private static bool MustWait(SystemMessage message, FaultState state) => state switch
    {
        FaultState.WaitingForChildren => message is Recreate or Dispatch.SysMsg.Suspend or Dispatch.SysMsg.Resume or Failed,
        FaultState.Suspended => message is Failed,
        _ => false,
    };

    private void Process(SystemMessage message)
    {
        switch (message)
        {
            case ActorTaskSchedulerMessage task: task.Run(this); break;
            case DeathWatchNotification died: WatchedActorTerminated(died.Actor, died.ExistenceConfirmed, died.AddressTerminated); break;
            case Dispatch.SysMsg.Create create: Create(create.Failure); break;
            case Dispatch.SysMsg.Watch watch: AddWatcher(watch.Watchee, watch.Watcher); break;
            case Dispatch.SysMsg.Unwatch unwatch: RemWatcher(unwatch.Watchee, unwatch.Watcher); break;
            case Failed failed: HandleFailed(failed); break;
            case Recreate recreate: FaultRecreate(recreate.Cause); break;
            case Dispatch.SysMsg.Suspend: FaultSuspend(); break;
            case Dispatch.SysMsg.Resume resume: FaultResume(resume.CausedByFailure); break;
            case Dispatch.SysMsg.Terminate: Terminate(); break;
            case Supervise supervise: OwnChildren.Add((IInternalActorRef)supervise.Child, out _); break;
            case NoMessage: break;
            default: throw new NotSupportedException($"Unknown system message {message}.");
        }
    }

    private void Create(ActorInitializationException? failure)
    {
        if (failure is not null) throw failure;
        try
        {
            var created = NewActor();
            _actor = created;
            created.AroundPreStart();
            CheckReceiveTimeout();
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), created.GetType(), $"Started ({created})"));
        }
        catch (Exception cause)
        {
            if (_actor is not null)
            {
                ClearActor(_actor);
                _actor = null; // how the fault handlers see that the creation failed
            }
            throw new ActorInitializationException(_self, "Exception during creation", cause);
        }
    }

    private ActorBase NewActor()
    {
        Behaviors?.Clear();
        var instance = CreateNewActorInstance() ?? throw new ActorInitializationException(_self, "Actor instance passed to ActorOf can't be 'null'");
        return instance;
    }

    protected virtual ActorBase CreateNewActorInstance()
    {
        var actor = _props.NewActor();
        if (actor is null) return null!;
        if (actor is IActorStash stashing) stashing.Stash = this.CreateStash(stashing);
        if (actor is IInitializableActor initializable) initializable.Init();
        return actor;
    }

    /// <summary>The instance is done: its stash goes back to the mailbox, its producer gets it back.</summary>
    private void ClearActor(ActorBase actor)
    {
        CancelTimers();
        if (actor is IActorStash { Stash: { } stash }) stash.UnstashAll();
        actor.Clear();
        _props.Release(actor);
        Behaviors?.Clear();
    }

    private void HandleInvokeFailure(Exception cause, List<IInternalActorRef>? childrenNotToSuspend = null)
    {
        if (IsFailed) return;
        try
        {
            Mailbox.Suspend();
            // When handling a child's failure failed, the child is the perpetrator and already suspended.
            if (CurrentMessage is Failed failed) SetFailed(failed.Child);
            else SetFailed(_self);
            if (_children is not null)
                foreach (var child in _children.Refs())
                    if (!child.Equals(FailedActor) && (childrenNotToSuspend is null || !childrenNotToSuspend.Contains(child))) child.Suspend();
            Parent.SendSystemMessage(new Failed(_self, cause, _self.Path.Uid));
        }
        catch (Exception secondary)
        {
            Publish(new Error(secondary, _self.Path.ToString(), GetType(), $"Emergency stop: exception in failure handling for {cause}"));
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    private void SetFailed(IActorRef perpetrator) => FailedActor = perpetrator;

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            Publish(new Debug(_self.Path.ToString(), GetType(), "Changing Recreate into Create after " + cause));
            FaultCreate();
            return;
        }
        if (_children is { IsNormal: false })
        {
            FaultResume(null); // going down already; the suspend counter must still balance
            return;
        }
        var failedActor = _actor;
        try
        {
            failedActor.AroundPreRestart(cause, CurrentMessage!);
        }
        catch (Exception inPreRestart)
        {
            Publish(new Error(new PreRestartException(_self, inPreRestart, cause, CurrentMessage), _self.Path.ToString(), failedActor.GetType(), inPreRestart.Message));
        }
        finally
        {
            ClearActor(failedActor);
        }
        if (_children is null || !_children.SetReason(SuspendReason.Recreation, cause)) FinishRecreate(cause);
    }

    private void FaultSuspend()
    {
        Mailbox.Suspend();
        SuspendChildren(exceptFor: null);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            Publish(new Debug(_self.Path.ToString(), GetType(), "Changing Resume into Create after " + causedByFailure));
            FaultCreate();
            return;
        }
        if (_actor.IsCleared && causedByFailure is not null)
        {
            Publish(new Debug(_self.Path.ToString(), GetType(), "Changing Resume into Restart after " + causedByFailure));
            Restart(causedByFailure);
            return;
        }
        var perpetrator = FailedActor;
        Mailbox.Resume();
        if (causedByFailure is not null) FailedActor = null;
        ResumeChildren(causedByFailure, perpetrator);
    }

    /// <summary>The creation failed and the supervisor wants another try.</summary>
    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        StopChildren();
        if (_children is null || !_children.SetReason(SuspendReason.Creation)) FinishCreate();
    }

    private void FinishCreate()
    {
        Mailbox.Resume();
        FailedActor = null;
        Create(null);
    }

    private void FinishRecreate(Exception cause)
    {
        // Children that PreRestart let live are restarted with their parent.
        var survivors = _children?.Refs();
        CurrentMessage = null;
        _sender = null;
        try
        {
            Mailbox.Resume();
            FailedActor = null;
            var fresh = NewActor();
            _actor = fresh;
            fresh.AroundPostRestart(cause, null!);
            CheckReceiveTimeout(reschedule: false);
            if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), fresh.GetType(), "Restarted (" + fresh + ")"));
        }
        catch (Exception inPostRestart)
        {
            if (_actor is not null && !_actor.IsCleared) ClearActor(_actor);
            HandleInvokeFailure(new PostRestartException(_self, inPostRestart, cause), survivors);
            return;
        }
        if (survivors is null) return;
        foreach (var child in survivors) child.Restart(cause);
    }

    private void Terminate()
    {
        SetReceiveTimeout(null);
        CancelReceiveTimeout();
        var wasTerminating = IsTerminating;
        var children = Interlocked.CompareExchange(ref _children, Children.NoneAnyMore, null);
        // Other threads add children to the guardians: what came since StopChildren is stopped in another round.
        while (children is not null)
        {
            StopChildren();
            if (children.SetReason(SuspendReason.Termination))
            {
                if (wasTerminating) return;
                // No user message while the children stop, and no failure of theirs goes up any more.
                Mailbox.Suspend();
                SetFailed(_self);
                if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? GetType(), "stopping"));
                return;
            }
            if (children.TrySetTerminated()) break;
        }
        FinishTerminate();
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        try
        {
            if (actor is { IsCleared: false }) actor.AroundPostStop();
        }
        catch (Exception inPostStop)
        {
            Publish(new Error(inPostStop, _self.Path.ToString(), actor!.GetType(), inPostStop.Message));
        }
        if (actor is { IsCleared: false }) ClearActor(actor);
        Dispatcher.Detach(this);
        Parent.SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        TellWatchersWeDied();
        UnwatchWatchedActors();
        if (_system.Settings.DebugLifecycle) Publish(new Debug(_self.Path.ToString(), actor?.GetType() ?? GetType(), "stopped"));
        StashedSystemMessages = null;
        _actor = null;
        _props = ActorCellDefaults.TerminatedProps;
    }

    private void HandleFailed(Failed failed)
    {
        CurrentMessage = failed;
        _sender = failed.Child;
        try
        {
            if (_children?.StatsOf(failed.Child) is not { } stats || stats.Uid != failed.Uid)
            {
                Publish(new Debug(_self.Path.ToString(), _actor?.GetType() ?? GetType(), $"Dropping Failed({failed.Cause}) from unknown or earlier child {failed.Child}"));
                return;
            }
            if (!SupervisorStrategy().HandleFailure(this, failed.Child, failed.Cause, stats, _children.Stats()))
                ExceptionDispatchInfo.Throw(failed.Cause);
        }
        catch (Exception escalated)
        {
            HandleInvokeFailure(escalated); // here, while CurrentMessage names the perpetrator
        }
        finally
        {
            CurrentMessage = null;
            _sender = null;
        }
    }

    private SupervisorStrategy SupervisorStrategy() => _props.SupervisorStrategy ?? _actor?.MakeSupervisorStrategy() ?? Akka.Actor.SupervisorStrategy.DefaultStrategy;

    private void HandleChildTerminated(IActorRef child)
    {
        var completed = _children!.Remove(child);
        if (_actor is { IsCleared: false })
        {
            try
            {
                SupervisorStrategy().HandleChildTerminated(this, child, ChildrenWhenAsked());
            }
            catch (Exception cause)
            {
                Publish(new Error(cause, _self.Path.ToString(), _actor.GetType(), "HandleChildTerminated failed"));
                HandleInvokeFailure(cause);
            }
        }
        switch (completed)
        {
            case SuspendReason.Recreation: FinishRecreate(_children.RecreationCause!); break;
            case SuspendReason.Creation: FinishCreate(); break;
            case SuspendReason.Termination: FinishTerminate(); break;
        }
    }
}

internal static class ActorCellDefaults
{
    internal static readonly Props TerminatedProps = new TerminatedProps();
}
