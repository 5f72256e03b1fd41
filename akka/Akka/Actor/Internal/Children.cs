using System.Collections;
using System.Runtime.InteropServices;

namespace Akka.Actor.Internal;

/// <summary>Why a parent waits for its children to stop, and so what it does when the last is gone.</summary>
internal enum SuspendReason : byte
{
    None,
    UserRequest,
    Recreation,
    Creation,
    Termination,
}

/// <summary>
/// The children of one cell by name. The cell's own turn reads and writes it; other threads add children to the guardians and look names up,
/// so every access is under the object's own lock, which is never held while calling out.
/// </summary>
internal sealed class Children
{
    /// <summary>Of every parent that had none when it stopped: takes no child any more.</summary>
    internal static readonly Children NoneAnyMore = new() { _terminated = true };

    /// <summary>A name that is only reserved, a child, or a child with its statistics once it has failed: most never do.</summary>
    private readonly Dictionary<string, object> _byName = new(StringComparer.Ordinal);
    private HashSet<IActorRef>? _toDie;
    private SuspendReason _reason;
    private long _number = -1;
    private bool _terminated;

    internal SuspendReason Reason { get { lock (_byName) return _reason; } }
    internal bool IsTerminating { get { lock (_byName) return _reason == SuspendReason.Termination; } }
    internal bool IsNormal { get { lock (_byName) return !_terminated && _reason is SuspendReason.None or SuspendReason.UserRequest; } }
    internal bool IsEmpty { get { lock (_byName) return _byName.Count == 0; } }

    /// <summary>What the cell, once its children are gone, restarts for. Read and written on the cell's turn.</summary>
    internal Exception? RecreationCause { get; private set; }

    /// <summary>For the names of children that nobody named.</summary>
    internal ulong NextNumber() => (ulong)Interlocked.Increment(ref _number);

    /// <summary>Takes a name before the child is made, so that two makers cannot both win.</summary>
    internal void Reserve(string name, IActorRef parent)
    {
        lock (_byName)
        {
            if (_terminated || _reason == SuspendReason.Termination)
                throw new InvalidOperationException($"Cannot create child {name} of {parent}: it is terminating or terminated.");
            if (!_byName.TryAdd(name, ChildNameReserved.Instance))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
        }
    }

    internal void Unreserve(string name)
    {
        lock (_byName)
            if (_byName.TryGetValue(name, out var stats) && stats is ChildNameReserved) _byName.Remove(name);
    }

    /// <summary>Turns a reserved name into a child. Tells whether the parent is going down, so that the caller stops the child again.</summary>
    internal bool Add(IInternalActorRef child, out bool mustStop)
    {
        lock (_byName)
        {
            mustStop = _terminated || _reason == SuspendReason.Termination;
            if (_terminated) return false;
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, child.Path.Name, out _);
            if (place is null or ChildNameReserved) place = child;
            return true;
        }
    }

    /// <summary>Makes room for so many more.</summary>
    internal void Expect(int more)
    {
        lock (_byName) _byName.EnsureCapacity(_byName.Count + more);
    }

    /// <summary>Notes that <paramref name="child"/> was told to stop.</summary>
    internal void ShallDie(IActorRef child)
    {
        lock (_byName)
        {
            if (_terminated || !Contains(child)) return;
            (_toDie ??= []).Add(child);
            if (_reason == SuspendReason.None) _reason = SuspendReason.UserRequest;
        }
    }

    /// <summary>Sets why the cell waits for dying children; false where none is dying.</summary>
    internal bool SetReason(SuspendReason reason, Exception? recreationCause = null)
    {
        lock (_byName)
        {
            if (_toDie is not { Count: > 0 }) return false;
            _reason = reason;
            RecreationCause = recreationCause;
            return true;
        }
    }

    /// <summary>Takes a dead child out; the reason that its being the last dying one completes, else None.</summary>
    internal SuspendReason Remove(IActorRef child)
    {
        lock (_byName)
        {
            if (!Contains(child)) return SuspendReason.None;
            _byName.Remove(child.Path.Name);
            if (_toDie is null || !_toDie.Remove(child) || _toDie.Count > 0) return SuspendReason.None;
            var completed = _reason;
            _reason = SuspendReason.None;
            if (completed == SuspendReason.Termination) _terminated = true;
            return completed;
        }
    }

    /// <summary>Takes no child from here on; false where there is one still, which has to stop first. A name that is only reserved does not count.</summary>
    internal bool TrySetTerminated()
    {
        lock (_byName)
        {
            foreach (var stats in _byName.Values)
                if (stats is not ChildNameReserved) return false;
            _byName.Clear();
            return _terminated = true;
        }
    }

    internal IInternalActorRef? Find(string name)
    {
        lock (_byName) return _byName.TryGetValue(name, out var found) ? RefOf(found) : null;
    }

    internal bool Has(IActorRef actor)
    {
        lock (_byName) return Contains(actor);
    }

    /// <summary>The statistics of a child, from now on kept; null where it is none.</summary>
    internal ChildRestartStats? StatsOf(IActorRef actor)
    {
        lock (_byName) return Contains(actor) ? Keep(actor.Path.Name) : null;
    }

    /// <summary>The statistics of all children, made when somebody looks at them: hardly a strategy does.</summary>
    internal IReadOnlyCollection<ChildRestartStats> Stats() => new StatsWhenAsked(this);

    internal List<IInternalActorRef> Refs()
    {
        lock (_byName)
        {
            var all = new List<IInternalActorRef>(_byName.Count);
            foreach (var entry in _byName.Values)
                if (RefOf(entry) is { } child) all.Add(child);
            return all;
        }
    }

    private List<ChildRestartStats> AllStats()
    {
        lock (_byName)
        {
            var all = new List<ChildRestartStats>(_byName.Count);
            foreach (var child in Refs()) all.Add(Keep(child.Path.Name));
            return all;
        }
    }

    private ChildRestartStats Keep(string name)
    {
        if (_byName[name] is ChildRestartStats known) return known;
        var made = new ChildRestartStats((IInternalActorRef)_byName[name]);
        _byName[name] = made;
        return made;
    }

    private static IInternalActorRef? RefOf(object entry) => entry as IInternalActorRef ?? (entry as ChildRestartStats)?.Child;

    private bool Contains(IActorRef child) => _byName.TryGetValue(child.Path.Name, out var entry) && RefOf(entry) is { } known && known.Equals(child);

    private sealed class StatsWhenAsked(Children children) : IReadOnlyCollection<ChildRestartStats>
    {
        public int Count => children.AllStats().Count;

        public IEnumerator<ChildRestartStats> GetEnumerator() => children.AllStats().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
