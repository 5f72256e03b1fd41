namespace Dispatcher.Actors.Dispatch;

/// <content>Tasks that have passed their pool's gate, and those that a fallback handler answers.</content>
internal abstract partial class TaskCell
{
    /// <summary>Called by the worker that took the task out of its ring, before it starts it: sheds it if it has waited too long in a queue that stands.</summary>
    /// <param name="oldest">When the oldest task came that is left in the queue, a timestamp; 0 where none is older.</param>
    public void MeetGate(long oldest)
    {
        if (Core.Gate!.OnTaken(Priority, ref Extras!.Ticket, oldest))
            TryEndUnstarted(Core.Shed);
    }

    /// <summary>Gives back what it holds of the gate. By the one that delivers its outcome, before that, so exactly once.</summary>
    /// <param name="kind">How it ended.</param>
    /// <param name="detail">The detail; null when completed.</param>
    protected void LeaveGate(OutcomeKind kind, OutcomeDetail? detail)
    {
        IsGuarded = false;
        Core.Gate!.Exit(Route.Admission, ref Extras!.Ticket, kind, detail);
    }

    /// <summary>Answers with the fallback handler in place of an outcome, if there is one and it applies.</summary>
    /// <param name="detail">The outcome that would be.</param>
    /// <returns>Whether it did.</returns>
    protected abstract bool TryFallBack(OutcomeDetail detail);
}
