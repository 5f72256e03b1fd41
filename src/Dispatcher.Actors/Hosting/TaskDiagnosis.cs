using Akka.Actor;
using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Hosting;

/// <summary>The diagnosis of an actor system, as services see it; may be asked for before the first pool starts.</summary>
internal sealed class TaskDiagnosis(ActorSystem system) : ITaskDiagnosis
{
    /// <inheritdoc/>
    public IReadOnlyList<Finding> GetFindings() => Oversight.Find(system)?.Watchdog?.Findings.ToList() ?? [];

    /// <inheritdoc/>
    public RuntimeSnapshot GetRuntime()
    {
        Oversight? oversight = Oversight.Find(system);
        return RuntimeSource.Snapshot((oversight?.Time ?? TimeProvider.System).GetUtcNow(), oversight?.Watchdog?.WaitForThread ?? TimeSpan.Zero);
    }
}
