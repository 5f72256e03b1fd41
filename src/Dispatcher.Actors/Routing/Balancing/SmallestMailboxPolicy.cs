namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>The worker with the least to do; the one of the lowest number among equals, so that the same few stay warm. Looks at all of them.</summary>
internal sealed class SmallestMailboxPolicy : IBalancingPolicy
{
    private readonly WorkerNumbers _workers = new();
    private readonly Func<int, int> _loadOf;

    /// <summary>Makes a policy without workers.</summary>
    /// <param name="loadOf">How many tasks a worker has, waiting or running; a momentary value.</param>
    public SmallestMailboxPolicy(Func<int, int> loadOf) => _loadOf = loadOf;

    /// <inheritdoc/>
    public void Join(int worker) => _workers.Add(worker);

    /// <inheritdoc/>
    public void Leave(int worker) => _workers.Remove(worker);

    /// <inheritdoc/>
    public int Choose(string? key)
    {
        int best = -1;
        int least = int.MaxValue;
        foreach (int worker in _workers.All)
        {
            int load = _loadOf(worker);
            if (load >= least)
                continue;
            best = worker;
            least = load;
            if (load == 0)
                break;
        }

        return best;
    }
}
