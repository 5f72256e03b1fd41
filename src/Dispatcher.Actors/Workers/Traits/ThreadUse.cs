namespace Dispatcher.Actors.Workers.Traits;

/// <summary>What a thread has used so far.</summary>
/// <param name="Cpu">Its processor time.</param>
/// <param name="Waits">How often it gave its processor away of its own accord: it waited for something.</param>
internal readonly record struct ThreadUse(TimeSpan Cpu, long Waits);
