namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>The order of keys: a task starts after all earlier ones of its key have their outcomes, and never after a later one.</summary>
internal sealed class KeyWatch(World world) : Concern
{
    private readonly string[] _keys = [.. Enumerable.Range(0, world.Random.Next(1, 6)).Select(static key => $"key {key}")];
    private readonly Dictionary<string, List<Entry>> _open = [];
    private string? _breach;
    private int _moment;

    /// <summary>A key for some tasks, none for others.</summary>
    public string? Draw() => world.OneIn(3) ? _keys[world.Random.Next(_keys.Length)] : null;

    /// <summary>A task is about to be handed in. Others may hand in theirs meanwhile: then either may be the earlier one.</summary>
    /// <param name="task">The task.</param>
    /// <returns>Its entry; null without a key.</returns>
    public Entry? BeginSubmission(SimulatedTask task)
    {
        if (task.Key == null)
            return null;
        if (!_open.TryGetValue(task.Key, out List<Entry>? open))
            _open.Add(task.Key, open = []);
        Entry entry = new(task, ++_moment);
        open.RemoveAll(static other => other.IsEnded);
        open.Add(entry);
        return entry;
    }

    /// <summary>A task was handed in.</summary>
    /// <param name="entry">Its entry; null without a key.</param>
    /// <param name="hasOutcome">Looks whether it has its outcome, until its caller is told; null where nobody can see that.</param>
    public void EndSubmission(Entry? entry, Func<bool>? hasOutcome)
    {
        if (entry == null)
            return;
        entry.End = ++_moment;
        entry.HasOutcome = hasOutcome;
    }

    /// <summary>A handler starts.</summary>
    /// <param name="task">Its task.</param>
    public void OnStart(SimulatedTask task)
    {
        if (task.Key == null)
            return;
        List<Entry> open = _open[task.Key];
        Entry? own = open.Find(entry => entry.Task == task);
        if (own == null)
        {
            Note($"{task} of {task.Key} started after a later one");
            return;
        }

        foreach (Entry earlier in open.Where(entry => entry.End < own.Begin && entry is { HasOutcome: not null, IsEnded: false }))
            Note($"{task} of {task.Key} started before {earlier.Task} had its outcome");
        // Those of whom nobody can see whether they have ended must not start any more.
        open.RemoveAll(entry => entry.End < own.Begin);
    }

    public override Task VerifyAsync(PoolSnapshot pool)
    {
        SimulationException.Unless(_breach == null, () => _breach!);
        SimulationException.Unless(world.Pool.Core.Keys.Count == 0, () => $"{world.Pool.Core.Keys.Count} keys are held, and nothing is under way: {pool}");
        return Task.CompletedTask;
    }

    // Noted and not thrown: what a handler throws is its task's outcome.
    private void Note(string breach) => _breach ??= breach;

    /// <summary>A task with a key that has come in, and may not have ended.</summary>
    internal sealed class Entry(SimulatedTask task, int begin)
    {
        public SimulatedTask Task => task;

        public int Begin => begin;

        public int End { get; set; } = int.MaxValue;

        public Func<bool>? HasOutcome { get; set; }

        public bool IsEnded => task.Told != OutcomeKind.Pending || HasOutcome?.Invoke() == true;
    }
}
