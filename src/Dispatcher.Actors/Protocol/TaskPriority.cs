namespace Dispatcher.Actors;

/// <summary>How urgent a task is: who is served first, and who is shed first.</summary>
public enum TaskPriority : byte
{
    /// <summary>Served first, shed last.</summary>
    P0,

    /// <summary>The default.</summary>
    P1,

    /// <summary>Served last, shed first. Never starves: a fixed share of the turns looks here first.</summary>
    P2,
}
