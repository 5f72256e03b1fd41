namespace Akka.Event;

/// <summary>Publish and subscribe by classifier. Publishing reads an immutable table without a lock; subscribing replaces it.</summary>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TEvent : notnull
    where TClassifier : notnull
    where TSubscriber : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TClassifier, List<Entry>> _entries = [];

    /// <summary>Who gets an event: one key for each class that was published. Never changed once it is visible, always replaced under the gate.</summary>
    private volatile Dictionary<TClassifier, TSubscriber[]> _resolved = [];

    protected string SimpleName(object source) => SimpleName(source.GetType());
    protected string SimpleName(Type source) => source.Name;

    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(classifier, out var entries)) _entries[classifier] = entries = [];
            if (IndexOf(entries, subscriber) >= 0) return false;
            entries.Add(new Entry(subscriber));
            _resolved = [];
            return true;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber)
    {
        lock (_gate)
        {
            var removed = false;
            foreach (var (_, entries) in _entries) removed |= Remove(entries, subscriber);
            _resolved = [];
            return removed;
        }
    }

    /// <summary>Removes a subscription; where nobody ever subscribed to this very class, the subscriptions to its bases skip it from now on.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_gate)
        {
            _resolved = [];
            if (_entries.TryGetValue(classifier, out var exact)) return Remove(exact, subscriber);
            var excepted = false;
            foreach (var (parent, entries) in _entries)
            {
                if (!IsSubClassification(parent, classifier) || IndexOf(entries, subscriber) is not (>= 0 and var index)) continue;
                (entries[index].Except ??= []).Add(classifier);
                excepted = true;
            }
            return excepted;
        }
    }

    public virtual void Publish(TEvent @event)
    {
        var classifier = GetClassifier(@event);
        if (!_resolved.TryGetValue(classifier, out var subscribers)) subscribers = Resolve(@event, classifier);
        foreach (var subscriber in subscribers) Publish(@event, subscriber);
    }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);
    protected abstract void Publish(TEvent @event, TSubscriber subscriber);
    protected abstract bool Classify(TEvent @event, TClassifier classifier);
    protected abstract TClassifier GetClassifier(TEvent @event);

    internal HashSet<TSubscriber> Subscribers()
    {
        lock (_gate)
        {
            var found = new HashSet<TSubscriber>();
            foreach (var (_, entries) in _entries)
                foreach (var entry in entries) found.Add(entry.Subscriber);
            return found;
        }
    }

    // Under the gate: a table resolved before a concurrent Subscribe must not replace the empty one that Subscribe leaves.
    private TSubscriber[] Resolve(TEvent @event, TClassifier classifier)
    {
        lock (_gate)
        {
            var found = new HashSet<TSubscriber>();
            foreach (var (parent, entries) in _entries)
            {
                if (entries.Count == 0 || !Classify(@event, parent)) continue;
                foreach (var entry in entries)
                    if (!IsExcepted(entry, classifier)) found.Add(entry.Subscriber);
            }
            TSubscriber[] subscribers = [.. found];
            _resolved = new Dictionary<TClassifier, TSubscriber[]>(_resolved) { [classifier] = subscribers };
            return subscribers;
        }
    }

    private bool IsExcepted(Entry entry, TClassifier classifier)
    {
        if (entry.Except is null) return false;
        foreach (var excepted in entry.Except)
            if (IsSubClassification(excepted, classifier)) return true;
        return false;
    }

    private static int IndexOf(List<Entry> entries, TSubscriber subscriber)
    {
        for (var i = 0; i < entries.Count; i++)
            if (entries[i].Subscriber.Equals(subscriber)) return i;
        return -1;
    }

    private static bool Remove(List<Entry> entries, TSubscriber subscriber)
    {
        var index = IndexOf(entries, subscriber);
        if (index >= 0) entries.RemoveAt(index);
        return index >= 0;
    }

    private sealed class Entry(TSubscriber subscriber)
    {
        internal readonly TSubscriber Subscriber = subscriber;
        internal HashSet<TClassifier>? Except;
    }
}
