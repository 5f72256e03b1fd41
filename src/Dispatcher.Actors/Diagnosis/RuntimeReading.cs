namespace Dispatcher.Actors.Diagnosis;

/// <summary>The process at one look.</summary>
/// <param name="FullCollections">Full collections so far.</param>
/// <param name="LiveBytes">What the last of them has left.</param>
/// <param name="Threads">Threads of the thread pool.</param>
/// <param name="PendingWork">Work items that wait for one.</param>
/// <param name="WaitForThread">How long the last probe has waited for a thread, or does so still.</param>
internal readonly record struct RuntimeReading(long FullCollections, long LiveBytes, int Threads, long PendingWork, TimeSpan WaitForThread);
