namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>The worker that the task's key belongs to, whose caches may know it. When workers come or go, only the keys move that must. A task without a key
/// goes to each worker in turn.</summary>
internal sealed class ConsistentHashPolicy : IBalancingPolicy
{
    private readonly PartitionTable _keys;
    private readonly RoundRobinPolicy _keyless = new();

    /// <summary>Makes a policy without workers.</summary>
    /// <param name="capacity">How many workers there may be.</param>
    public ConsistentHashPolicy(int capacity) => _keys = new PartitionTable(capacity);

    /// <inheritdoc/>
    public void Join(int worker)
    {
        _keys.Join(worker);
        _keyless.Join(worker);
    }

    /// <inheritdoc/>
    public void Leave(int worker)
    {
        _keys.Leave(worker);
        _keyless.Leave(worker);
    }

    /// <inheritdoc/>
    public int Choose(string? key) => key == null ? _keyless.Choose(null) : _keys.OwnerOf(KeyHash.Of(key));
}
