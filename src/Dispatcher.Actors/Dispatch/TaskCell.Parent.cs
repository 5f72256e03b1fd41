namespace Dispatcher.Actors.Dispatch;

/// <content>Parents and children: what a task passes on to those that its handler hands in, and how it follows its own parent.</content>
internal abstract partial class TaskCell
{
    /// <summary>When the running task will be asked to stop, for the tasks that its handler hands in.</summary>
    /// <param name="run">The run that is meant.</param>
    /// <param name="clock">The clock of the one that asks.</param>
    /// <returns>A timestamp of that clock; 0 for never, or when the task has ended.</returns>
    public long DueFor(long run, Clock clock)
    {
        long due = Volatile.Read(ref DueAt);
        Clock own = Core.Clock;
        // Race: the task ends and the cell serves another one. The word is read last: if it still is this task's, so was all that was read before.
        if (due == 0 || !IsRunning(run))
            return 0;
        if (ReferenceEquals(own.Provider, clock.Provider))
            return due;
        long now = own.Now;
        return clock.Now + (due <= now ? 0 : clock.Ticks(own.Between(now, due)));
    }

    /// <summary>Why the tasks that its handler handed in have to stop.</summary>
    /// <param name="run">The run that is meant.</param>
    /// <returns>The reason; null while they need not, and when the task has ended by itself.</returns>
    public OutcomeDetail? StopReasonFor(long run)
    {
        // A cell with a flag, or with a retry behind it, is never used anew, so what we read is this task's.
        long word = Volatile.Read(ref _word);
        if (CellWord.IdOf(word) != CellWord.IdOfRunId(run))
            return null;
        if (Volatile.Read(ref Extras) is { } extras && Volatile.Read(ref extras.TryOverRun) > CellWord.RunOfRunId(run))
            return OutcomeDetails.ExpiredInRun;
        if (CellWord.RunIdOf(word) != run || !CellWord.IsStopRequested(word))
            return null;
        if (!CellWord.IsCancelRequested(word))
            return OutcomeDetails.ExpiredInRun;
        return AwaitCancelReason() is Expired ? OutcomeDetails.ExpiredInRun : OutcomeDetails.CancelledByParent;
    }

    /// <summary>Watches its parent. Called when the task has its id, and before it can be seen.</summary>
    public void FollowParent() =>
        Extras!.ParentRegistration = Extras.Parent!.Token.UnsafeRegister(static state => ((TaskCell)state!).OnParentStopped(), this);

    // The registration is gone before the cell serves another task, so this is about the right one. A parent that has ended by itself stops nobody.
    private void OnParentStopped()
    {
        if (Extras!.Parent!.StopReason is { } reason)
            RequestCancel(Id, reason);
    }
}
