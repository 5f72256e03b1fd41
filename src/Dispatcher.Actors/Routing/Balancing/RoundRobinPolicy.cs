using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>Each worker in turn.</summary>
internal sealed class RoundRobinPolicy : IBalancingPolicy
{
    private readonly WorkerNumbers _workers = new();
    private PaddedCounter _turn;

    /// <inheritdoc/>
    public void Join(int worker) => _workers.Add(worker);

    /// <inheritdoc/>
    public void Leave(int worker) => _workers.Remove(worker);

    /// <inheritdoc/>
    public int Choose(string? key)
    {
        ReadOnlySpan<int> workers = _workers.All;
        return workers.IsEmpty ? -1 : workers[(int)((ulong)(Interlocked.Increment(ref _turn.Value) - 1) % (ulong)workers.Length)];
    }
}
