using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Everything that may keep a task out of a pool, in one place. Lock-free, nothing allocated, never waits.</summary>
internal interface IAdmissionGate
{
    /// <summary>Asks for a task that already has its place in the queue, so that nothing is spent on one for which there is none.</summary>
    /// <param name="request">The task.</param>
    /// <param name="ticket">With an acceptance: to give back with <see cref="Exit"/>, exactly once.</param>
    AdmissionVerdict TryEnter(in AdmissionRequest request, out AdmissionTicket ticket);

    /// <summary>Asks about a task that a worker has just taken from the queue.</summary>
    /// <param name="priority">Its class.</param>
    /// <param name="wait">How long it has waited, in timestamp units.</param>
    /// <param name="now">The time, a timestamp.</param>
    QueueDecision OnTaken(TaskPriority priority, long wait, long now);

    /// <summary>A worker has found nothing to do.</summary>
    /// <param name="now">The time, a timestamp.</param>
    void OnEmpty(long now);

    /// <summary>Whether the newest task of a class should be served first.</summary>
    /// <param name="priority">The class.</param>
    /// <param name="now">The time, a timestamp.</param>
    bool ServesNewestFirst(TaskPriority priority, long now);

    /// <summary>An accepted task has its outcome.</summary>
    /// <param name="ticket">Its ticket.</param>
    /// <param name="exit">How it ended.</param>
    void Exit(in AdmissionTicket ticket, in AdmissionExit exit);

    /// <summary>Looks at the last window and decides for the next one. Called by a timer, one call at a time.</summary>
    /// <param name="now">The time, a timestamp.</param>
    AdmissionWindow Tick(long now);
}
