namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>The workers that may be chosen, in the order of their numbers. One at a time changes them; readers see one state or the next.</summary>
internal sealed class WorkerNumbers
{
    private volatile int[] _all = [];

    /// <summary>The numbers at this moment.</summary>
    public ReadOnlySpan<int> All => _all;

    /// <summary>Adds a number, unless it is there.</summary>
    /// <param name="worker">The number.</param>
    public void Add(int worker)
    {
        int at = Array.BinarySearch(_all, worker);
        if (at < 0)
            _all = [.. _all.AsSpan(0, ~at), worker, .. _all.AsSpan(~at)];
    }

    /// <summary>Takes a number out, if it is there.</summary>
    /// <param name="worker">The number.</param>
    public void Remove(int worker)
    {
        int at = Array.BinarySearch(_all, worker);
        if (at >= 0)
            _all = [.. _all.AsSpan(0, at), .. _all.AsSpan(at + 1)];
    }
}
