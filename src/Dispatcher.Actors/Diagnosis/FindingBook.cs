namespace Dispatcher.Actors.Diagnosis;

/// <summary>What was found: the findings that last, and the newest of those that have ended. One writes, any thread reads.</summary>
internal sealed class FindingBook
{
    private readonly Lock _gate = new();
    private readonly int _kept;
    private readonly TimeProvider _time;
    private readonly Dictionary<(FindingKind Kind, string?, string?), Finding> _active = [];
    private readonly Queue<Finding> _ended = new();

    /// <summary>Makes an empty book.</summary>
    /// <param name="kept">How many ended findings are kept.</param>
    /// <param name="time">Where the time comes from.</param>
    public FindingBook(int kept, TimeProvider time)
    {
        _kept = kept;
        _time = time;
    }

    /// <summary>How many of a kind last.</summary>
    /// <param name="kind">The kind.</param>
    public int Count(FindingKind kind)
    {
        lock (_gate)
            return _active.Keys.Count(key => key.Kind == kind);
    }

    /// <summary>All that last, then the ended ones, the newest first.</summary>
    public IReadOnlyList<Finding> ToList()
    {
        lock (_gate)
            return [.. _active.Values.OrderBy(finding => finding.FoundAt), .. _ended.Reverse()];
    }

    /// <summary>Takes what a look has seen: what is new begins, what is not seen any more has ended.</summary>
    /// <param name="symptoms">All that it has seen.</param>
    /// <returns>What has begun and what has ended.</returns>
    public (IReadOnlyList<Finding> Began, IReadOnlyList<Finding> Ended) Apply(IReadOnlyCollection<Symptom> symptoms)
    {
        DateTimeOffset now = _time.GetUtcNow();
        List<Finding> began = [], ended = [];
        lock (_gate)
        {
            HashSet<(FindingKind, string?, string?)> gone = [.. _active.Keys];
            foreach (Symptom symptom in symptoms)
            {
                var key = (symptom.Kind, symptom.Pool, symptom.TaskType);
                gone.Remove(key);
                if (!_active.TryGetValue(key, out Finding? finding))
                {
                    finding = Make(symptom, now);
                    began.Add(finding);
                }

                _active[key] = finding with { Evidence = symptom.Evidence };
            }

            foreach (var key in gone)
            {
                _active.Remove(key, out Finding? finding);
                ended.Add(finding! with { EndedAt = now });
            }

            foreach (Finding finding in ended)
                Keep(finding);
        }

        return (began, ended);
    }

    private static Finding Make(Symptom symptom, DateTimeOffset now) => new()
    {
        Kind = symptom.Kind,
        Pool = symptom.Pool,
        TaskType = symptom.TaskType,
        Since = now - symptom.For,
        FoundAt = now,
        Evidence = symptom.Evidence,
    };

    private void Keep(Finding finding)
    {
        if (_ended.Count == _kept)
            _ended.Dequeue();
        _ended.Enqueue(finding);
    }
}
