using Dispatcher.Actors.Admission.Overload;

namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>
/// Of two different workers chosen at random the one with less to do: nearly as even as looking at all of them, at the cost of two looks.
/// Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001.
/// </summary>
internal sealed class RandomOfTwoPolicy : IBalancingPolicy
{
    private readonly WorkerNumbers _workers = new();
    private readonly Func<int, int> _loadOf;
    private readonly SharedRandom _random;

    /// <summary>Makes a policy without workers.</summary>
    /// <param name="loadOf">How many tasks a worker has, waiting or running; a momentary value.</param>
    /// <param name="seed">Of the random numbers.</param>
    public RandomOfTwoPolicy(Func<int, int> loadOf, long seed)
    {
        _loadOf = loadOf;
        _random = new SharedRandom(seed);
    }

    /// <inheritdoc/>
    public void Join(int worker) => _workers.Add(worker);

    /// <inheritdoc/>
    public void Leave(int worker) => _workers.Remove(worker);

    /// <inheritdoc/>
    public int Choose(string? key)
    {
        ReadOnlySpan<int> workers = _workers.All;
        if (workers.Length < 2)
            return workers.IsEmpty ? -1 : workers[0];
        int first = Below(workers.Length);
        // Any of the others, all with the same chance.
        int second = Below(workers.Length - 1);
        if (second >= first)
            second++;
        return _loadOf(workers[second]) < _loadOf(workers[first]) ? workers[second] : workers[first];
    }

    private int Below(int bound) => (int)(((ulong)_random.Next() * (ulong)bound) >> 32);
}
