using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>A queue that all tasks find a place in: the fair queue by itself.</summary>
internal sealed class RoomyQueue(int capacity) : ISimulatedQueue
{
    private readonly FairLine<SimulatedArrival> _queue = new(capacity, Settings);

    public static FairnessSettings Settings { get; } =
        new() { MaxTenants = 1000, MaxShare = 1, DefaultWeight = 1, Burst = 16, RetryAfter = TimeSpan.FromMilliseconds(1), Weights = new Dictionary<string, int>() };

    public long Count => _queue.Count;

    public void Put(SimulatedArrival task) => Assert.NotNull(_queue.TryEnqueue(task.Tenant, task));

    public bool TryTake([NotNullWhen(true)] out SimulatedArrival? task) => _queue.TryDequeue(out task);
}
