using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// A tenant with tasks in a queue, or before it: its share of the places, and its lines, one in each class for the tasks that have a place and one for those
/// that wait for one.
/// </summary>
internal sealed class FairTenant : KeyEntry
{
    private const int Closed = int.MinValue;

    private readonly FairFlow?[] _flows = new FairFlow?[2 * PriorityOrder.Classes];
    private readonly int _weight;
    private readonly int _burst;
    private int _held;

    /// <summary>Makes a tenant without tasks.</summary>
    /// <param name="tenant">Its name.</param>
    /// <param name="weight">How many tasks are served at its turn.</param>
    /// <param name="burst">How many may be served ahead of the round.</param>
    public FairTenant(string tenant, int weight, int burst)
        : base(tenant)
    {
        _weight = weight;
        _burst = burst;
    }

    /// <summary>How many places it holds.</summary>
    public int Held => Math.Max(0, Volatile.Read(ref _held));

    /// <summary>Its line in a class. Only for one that holds a place.</summary>
    /// <param name="priority">The class.</param>
    /// <param name="waits">Whether the line is that of its tasks that wait for a place.</param>
    public FairFlow FlowOf(TaskPriority priority, bool waits = false)
    {
        ref FairFlow? place = ref _flows[(int)priority + (waits ? PriorityOrder.Classes : 0)];
        FairFlow? flow = Volatile.Read(ref place);
        if (flow != null)
            return flow;
        FairFlow made = new(_weight, _burst);
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }

    /// <summary>Takes a place for a task.</summary>
    /// <param name="max">How many it may have.</param>
    /// <returns>How many it has with it; 0 if that would be too many, less if this entry is closed.</returns>
    public int TryHold(int max)
    {
        while (true)
        {
            int seen = Volatile.Read(ref _held);
            if (seen < 0)
                return seen;
            if (seen >= max)
                return 0;
            if (Interlocked.CompareExchange(ref _held, seen + 1, seen) == seen)
                return seen + 1;
        }
    }

    /// <summary>A task is no longer in the queue, however it left.</summary>
    public void Release() => Interlocked.Decrement(ref _held);

    /// <inheritdoc/>
    public override bool TryClose(long now)
    {
        if (Interlocked.CompareExchange(ref _held, Closed, 0) != 0)
            return false;
        foreach (FairFlow? flow in _flows)
        {
            if (flow is not { IsEmpty: false })
                continue;
            // Tombstones are left in it, and a turn with them. Whoever met it closed meanwhile looks its tenant up again, and finds it open.
            Volatile.Write(ref _held, 0);
            return false;
        }

        return true;
    }
}
