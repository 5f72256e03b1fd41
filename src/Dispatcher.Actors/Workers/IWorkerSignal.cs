namespace Dispatcher.Actors.Workers;

/// <summary>How the core reaches a worker's actor.</summary>
internal interface IWorkerSignal
{
    /// <summary>Asks for a turn. From any thread; several requests before the turn are one.</summary>
    void Raise();
}
