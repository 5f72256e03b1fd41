namespace Dispatcher.Actors;

/// <summary>Where a task was when its time was over.</summary>
public enum ExpiredWhere : byte
{
    /// <summary>At the door: the deadline had passed already when it was submitted, or while it waited for a place.</summary>
    Submit,

    /// <summary>In the queue. It never ran.</summary>
    Queue,

    /// <summary>In its handler, which was asked to stop.</summary>
    Run,
}
