using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>
/// Looks at all pools of an actor system and at the process, again and again, and says what has begun and what has ended to be wrong. Pools come from any
/// thread; looks are for one.
/// </summary>
internal sealed class Watchdog : IDiagnosisFigures
{
    // A look that follows on the heels of another one has no speed worth the name.
    private const double LeastShare = 0.1;

    private readonly DiagnosisSettings _settings;
    private readonly IRuntimeSource? _runtime;
    private readonly TimeProvider _time;
    private readonly ThreadWatch _threads;
    private readonly HeapWatch _heap;
    private readonly Lock _gate = new();
    private Watched[] _pools = [];
    private long _last;
    private long _waitForThread;

    /// <summary>Makes a watchdog that watches the process only.</summary>
    /// <param name="settings">What is wrong.</param>
    /// <param name="runtime">The process; null where it is not to be watched.</param>
    /// <param name="time">Where the time comes from.</param>
    public Watchdog(DiagnosisSettings settings, IRuntimeSource? runtime, TimeProvider time)
    {
        _settings = settings;
        _runtime = runtime;
        _time = time;
        _threads = new ThreadWatch(settings.ThreadWait);
        _heap = new HeapWatch(settings);
        Findings = new FindingBook(settings.Kept, time);
        _last = time.GetTimestamp();
    }

    /// <summary>What was found.</summary>
    public FindingBook Findings { get; }

    /// <inheritdoc/>
    public TimeSpan WaitForThread => TimeSpan.FromTicks(Volatile.Read(ref _waitForThread));

    /// <inheritdoc/>
    public int CountActive(FindingKind kind) => Findings.Count(kind);

    /// <summary>Adds a pool. It goes by itself when it is over.</summary>
    /// <param name="pool">The pool.</param>
    public void Add(IWatchedPool pool)
    {
        Watched added = new(pool, new LongTasks(_settings, pool, _time), new QueueWatch(pool.Label, _settings.QueueLooks));
        lock (_gate)
            _pools = [.. _pools, added];
    }

    /// <summary>One look.</summary>
    /// <returns>What has begun and what has ended; null for a look that came too soon after the last one.</returns>
    public (IReadOnlyList<Finding> Began, IReadOnlyList<Finding> Ended)? Look()
    {
        long now = _time.GetTimestamp();
        TimeSpan sinceLast = _time.GetElapsedTime(_last, now);
        if (sinceLast < _settings.Every * LeastShare)
            return null;
        _last = now;
        List<Symptom> symptoms = [];
        foreach (Watched watched in PoolsThatGoOn())
        {
            watched.Tasks.Look(symptoms);
            StuckHandlers.Look(watched.Pool, symptoms);
            AddIfAny(symptoms, watched.Queue.Look(watched.Pool.ReadQueue(), sinceLast));
        }

        if (_runtime != null)
        {
            RuntimeReading reading = _runtime.Read();
            Volatile.Write(ref _waitForThread, reading.WaitForThread.Ticks);
            AddIfAny(symptoms, _threads.Look(reading, sinceLast));
            AddIfAny(symptoms, _heap.Look(reading, sinceLast));
        }

        return Findings.Apply(symptoms);
    }

    private static void AddIfAny(List<Symptom> symptoms, Symptom? symptom)
    {
        if (symptom != null)
            symptoms.Add(symptom);
    }

    private Watched[] PoolsThatGoOn()
    {
        lock (_gate)
        {
            if (_pools.Any(static watched => watched.Pool.IsOver))
                _pools = [.. _pools.Where(static watched => !watched.Pool.IsOver)];
            return _pools;
        }
    }

    private sealed record Watched(IWatchedPool Pool, LongTasks Tasks, QueueWatch Queue);
}
