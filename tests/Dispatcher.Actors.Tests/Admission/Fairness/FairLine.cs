using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission.Fairness;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>Shares and a queue of one class together, as a pool has them: a task holds its tenant's place until it is taken or ended.</summary>
internal sealed class FairLine<T>(int capacity, FairnessSettings settings, Func<T, bool>? isTombstone = null)
    where T : class
{
    private readonly FairQueue<Entry> _queue = new(capacity, settings, entry => isTombstone != null && isTombstone(entry.Item));

    public FairShares Shares { get; } = new(settings, capacity);

    public bool HasItem => _queue.HasItem;

    public long Count => _queue.Count;

    public IEnumerable<T> Seen => Enumerable.Range(0, _queue.Places).Select(_queue.PeekAt).OfType<Entry>().Select(entry => entry.Item);

    public FairTenant? TryEnqueue(string? tenant, T item)
    {
        FairTenant? holder = Shares.TryHold(tenant, 0);
        if (holder != null)
            _queue.Enqueue(holder.FlowOf(TaskPriority.P1), new Entry(item, holder));
        return holder;
    }

    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        bool has = TryTake(out item, out FairTenant? holder);
        holder?.Release();
        return has;
    }

    public bool TryTake([NotNullWhen(true)] out T? item, [NotNullWhen(true)] out FairTenant? holder)
    {
        bool has = _queue.TryDequeue(out Entry? entry);
        item = entry?.Item;
        holder = entry?.Holder;
        return has;
    }

    public bool Withdraw(FairTenant holder)
    {
        holder.Release();
        return _queue.Withdraw();
    }

    public void OnTombstoneTaken() => _queue.OnTombstoneTaken();

    private sealed record Entry(T Item, FairTenant Holder);
}
