namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What to do with a task that a worker has just taken from the queue.</summary>
internal enum QueueDecision : byte
{
    /// <summary>Run it.</summary>
    Serve,

    /// <summary>Refuse it, it has waited too long in a queue that stands; a newer one is served in its place.</summary>
    Shed,
}
