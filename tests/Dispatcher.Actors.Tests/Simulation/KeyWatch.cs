namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Watches the order of keys in a simulation: a task starts after all earlier ones of its key have their outcomes, and never before.</summary>
internal sealed class KeyWatch(int keys, Random random)
{
    private readonly Dictionary<string, int> _started = [];
    private readonly Dictionary<string, List<(int Number, TaskHandle<int> Handle)>> _open = [];

    /// <summary>How many keyed tasks have started, for the tests' own sanity.</summary>
    public int Started { get; private set; }

    /// <summary>What was out of order. Noted and not thrown: what a handler throws is its task's outcome.</summary>
    public List<string> Breaches { get; } = [];

    /// <summary>A key for some tasks, none for others.</summary>
    public string? Draw() => random.Next(3) == 0 ? $"key {random.Next(keys)}" : null;

    /// <summary>A task was handed in whose handle is there already.</summary>
    public void OnSubmitted(string? key, int number, TaskHandle<int> handle)
    {
        if (key == null)
            return;
        if (!_open.TryGetValue(key, out List<(int, TaskHandle<int>)>? open))
            _open.Add(key, open = []);
        open.Add((number, handle));
    }

    /// <summary>A handler starts.</summary>
    public void OnStart(string? key, int number)
    {
        if (key == null)
            return;
        Started++;
        if (_started.GetValueOrDefault(key, -1) > number)
            Breaches.Add($"{key}: {number} started after {_started[key]}");
        _started[key] = number;
        if (!_open.TryGetValue(key, out List<(int Number, TaskHandle<int> Handle)>? open))
            return;
        open.RemoveAll(entry => entry.Handle.Outcome.IsCompleted);
        if (open.Exists(entry => entry.Number < number))
            Breaches.Add($"{key}: {number} started before {open[0].Number} had its outcome");
    }
}
