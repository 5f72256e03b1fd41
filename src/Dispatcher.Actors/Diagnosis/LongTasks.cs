using System.Globalization;
using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>
/// Finds the tasks of a pool that run far longer than their like. Knows how long a task runs by having seen it at earlier looks, so tasks pay nothing for it.
/// Watches a bounded number of tasks; not for several threads.
/// </summary>
internal sealed class LongTasks
{
    private readonly DiagnosisSettings _settings;
    private readonly IWatchedPool _pool;
    private readonly TimeProvider _time;
    private readonly Action<RunningTask> _keep;
    private readonly Action<RunningTask> _begin;
    private readonly Dictionary<string, LongOnes> _types = [];
    private Dictionary<long, long> _seen = [];
    private Dictionary<long, long> _next = [];
    private long _now;

    /// <summary>Makes a watch that has seen nothing.</summary>
    /// <param name="settings">From when on a task is long.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="time">Where the time comes from.</param>
    public LongTasks(DiagnosisSettings settings, IWatchedPool pool, TimeProvider time)
    {
        _settings = settings;
        _pool = pool;
        _time = time;
        // Once: most looks find nothing, and there are as many as pools.
        _keep = Keep;
        _begin = Begin;
    }

    /// <summary>One look.</summary>
    /// <param name="symptoms">Where what it finds goes: one for each type of task.</param>
    public void Look(ICollection<Symptom> symptoms)
    {
        _now = _time.GetTimestamp();
        (_seen, _next) = (_next, _seen);
        _seen.Clear();
        // Those that are known come first: a task that is stuck must not lose its place to new ones.
        _pool.ForEachRunning(_keep);
        _pool.ForEachRunning(_begin);
        foreach ((string type, LongOnes ones) in _types)
        {
            if (ones.Count > 0)
                symptoms.Add(new Symptom(FindingKind.TaskNeverEnds, _pool.Label, type, ones.OldestAge, ones.Evidence()));
        }

        _types.Clear();
    }

    private void Keep(RunningTask task)
    {
        if (!_next.TryGetValue(task.Run, out long since) || !_seen.TryAdd(task.Run, since))
            return;
        TimeSpan age = _time.GetElapsedTime(since, _now);
        if (age < _settings.TaskLeast)
            return;
        ref LongOnes? ones = ref CollectionsMarshal.GetValueRefOrAddDefault(_types, task.TaskType, out _);
        ones ??= new LongOnes(_pool.RunTimesOf(task.TaskType), _settings);
        ones.Add(task, age);
    }

    private void Begin(RunningTask task)
    {
        if (_seen.Count < _settings.TasksWatched)
            _seen.TryAdd(task.Run, _now);
    }

    private sealed class LongOnes
    {
        private readonly RunTimes _like;
        private readonly bool _isKnown;
        private readonly TimeSpan _limit;
        private RunningTask _oldest;

        public LongOnes(RunTimes like, DiagnosisSettings settings)
        {
            _like = like;
            (_limit, _isKnown) = LongTaskPolicy.LimitOf(like, settings);
        }

        public int Count { get; private set; }

        public TimeSpan OldestAge { get; private set; }

        public void Add(RunningTask task, TimeSpan age)
        {
            if (age < _limit)
                return;
            Count++;
            if (age <= OldestAge)
                return;
            OldestAge = age;
            _oldest = task;
        }

        public string Evidence()
        {
            string like = _isKnown
                ? string.Create(CultureInfo.InvariantCulture, $"99 of 100 of the {_like.Ended} before took at most {_like.P99.TotalSeconds:0.###} s")
                : "too few have ended to know how long they take";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Count} task(s) over {_limit.TotalSeconds:0.###} s, the oldest is {new TaskId(_oldest.Id)} in worker {_oldest.Worker} for {OldestAge.TotalSeconds:0} s or longer; {like}");
        }
    }
}
