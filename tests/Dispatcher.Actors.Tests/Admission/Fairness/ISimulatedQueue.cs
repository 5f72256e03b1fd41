using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>What a <see cref="FairnessSimulation"/> puts its tasks into.</summary>
internal interface ISimulatedQueue
{
    /// <summary>How many tasks there are.</summary>
    long Count { get; }

    void Put(SimulatedArrival task);

    bool TryTake([NotNullWhen(true)] out SimulatedArrival? task);
}

/// <summary>A task of a <see cref="FairnessSimulation"/>.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="At">When it came, in milliseconds.</param>
internal sealed record SimulatedArrival(string Tenant, double At);
