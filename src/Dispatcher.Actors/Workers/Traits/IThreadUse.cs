namespace Dispatcher.Actors.Workers.Traits;

/// <summary>Tells what threads use.</summary>
internal interface IThreadUse
{
    /// <summary>What the calling thread has used so far.</summary>
    ThreadUse Now { get; }
}
