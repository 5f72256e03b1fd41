using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Tasks come in, by every entry and with every option, and their callers want to know.</summary>
internal sealed class Submissions(World world, KeyWatch keys) : Concern
{
    private readonly List<(SimulatedTask Task, ValueTask<TaskOutcome<int>> Outcome)> _awaited = [];
    private readonly List<(SimulatedTask Task, TaskHandle<int> Handle)> _handles = [];
    private readonly List<(SimulatedTask Task, Task<TaskHandle<int>> Handle)> _accepted = [];
    private readonly List<Task<bool>> _posted = [];
    private readonly List<CancellationTokenSource> _sources = [];

    public override IEnumerable<Deed> Deeds =>
    [
        new Deed(24, Submit),
        new Deed(6, Collect),
        new Deed(4, CancelByHandle),
        new Deed(4, CancelByToken),
    ];

    // Tasks that wait for their moment come to the door in another order than they were handed in, and the order of their key is that of the door.
    private bool KeepsOrder => world.Settings.Admission.Rate is not { MaxDelay: not null };

    public void Submit()
    {
        SimulatedTask task = world.Tasks.Next();
        task.Key = keys.Draw();
        TaskOptions? options = task.Key == null && world.OneIn(2) ? null : DrawOptions(task.Key);
        task.HasLimit = options is { Deadline: not null } or { RunBudget: not null };
        task.MaxRuns = (options?.Retries?.Attempts ?? world.Settings.Retries.Attempts) + world.Settings.RetryLimits.PoisonAfter - 1;
        KeyWatch.Entry? entry = keys.BeginSubmission(task);
        TaskRoute<SimulatedTask, int> route = world.Route;
        switch (world.Random.Next(8))
        {
            case < 4:
                Keep(task, route.RunAsync(task, options, DrawToken()));
                if (KeepsOrder)
                    keys.EndSubmission(entry, AwaitedOutcome(_awaited[^1].Outcome));
                return;
            case 4:
                // The handle of a task that waits for its place comes later, from the thread pool: the story must not depend on when.
                _accepted.Add((task, route.SubmitAsync(task, options, DrawToken()).AsTask()));
                break;
            case 5:
                world.Tasks.Forgotten++;
                _posted.Add(route.PostAsync(task, options, DrawToken()).AsTask());
                break;
            case 6:
                world.Tasks.Forgotten++;
                route.TrySubmit(task, options);
                break;
            default:
                route.TrySubmit(task, options, out TaskHandle<int> handle);
                _handles.Add((task, handle));
                if (KeepsOrder)
                    keys.EndSubmission(entry, () => handle.Outcome.IsCompleted);
                return;
        }

        if (KeepsOrder)
            keys.EndSubmission(entry, hasOutcome: null);
    }

    public override bool Settle()
    {
        Collect();
        return false;
    }

    public override async Task VerifyAsync(PoolSnapshot pool)
    {
        // Nothing is under way, so whoever waits for a place or for an outcome has it.
        foreach ((SimulatedTask task, Task<TaskHandle<int>> handle) in _accepted)
            _handles.Add((task, await handle.ConfigureAwait(false)));
        _accepted.Clear();
        await Task.WhenAll(_posted).ConfigureAwait(false);
        _posted.Clear();
        _sources.Clear();
        Collect();
        if (_awaited.Count + _handles.Count == 0)
            return;
        IEnumerable<SimulatedTask> open = _awaited.Select(entry => entry.Task).Concat(_handles.Select(entry => entry.Task));
        throw new SimulationException($"Without an outcome: {string.Join(", ", open)}. {pool}");
    }

    // Polled and not awaited: everything happens on this thread.
    private void Keep(SimulatedTask task, ValueTask<TaskOutcome<int>> outcome) => _awaited.Add((task, outcome));

    // Only until it is told: then the promise may be somebody else's.
    private static Func<bool> AwaitedOutcome(ValueTask<TaskOutcome<int>> outcome) => () => outcome.IsCompleted;

    private void Collect()
    {
        for (int i = _awaited.Count - 1; i >= 0; i--)
        {
            (SimulatedTask task, ValueTask<TaskOutcome<int>> outcome) = _awaited[i];
            if (!outcome.IsCompleted)
                continue;
            RemoveAt(_awaited, i);
            world.Tasks.Tell(task, outcome.Result);
        }

        for (int i = _handles.Count - 1; i >= 0; i--)
        {
            (SimulatedTask task, TaskHandle<int> handle) = _handles[i];
            if (!handle.Outcome.IsCompleted)
                continue;
            RemoveAt(_handles, i);
            world.Tasks.Tell(task, handle.Outcome.GetAwaiter().GetResult());
        }
    }

    private void CancelByHandle()
    {
        if (_handles.Count > 0)
            _handles[world.Random.Next(_handles.Count)].Handle.TryCancel("test");
    }

    private void CancelByToken()
    {
        if (_sources.Count == 0)
            return;
        int i = world.Random.Next(_sources.Count);
        CancellationTokenSource source = _sources[i];
        RemoveAt(_sources, i);
        source.Cancel();
    }

    private CancellationToken DrawToken()
    {
        if (!world.OneIn(4))
            return default;
        CancellationTokenSource source = new();
        // Only the last few are still of interest.
        if (_sources.Count == 32)
            _sources[world.Random.Next(32)] = source;
        else
            _sources.Add(source);
        return source.Token;
    }

    private TaskOptions DrawOptions(string? key) => new()
    {
        Key = key,
        Tenant = SimulatedAdmission.DrawTenant(world.Random),
        Target = SimulatedAdmission.DrawTarget(world.Random),
        Priority = (TaskPriority)world.Random.Next(3),
        Deadline = world.OneIn(4) ? world.Milliseconds(-1, 60) : null,
        QueueBudget = world.OneIn(8) ? world.Milliseconds(1, 30) : null,
        RunBudget = world.OneIn(8) ? world.Milliseconds(1, 30) : null,
        Retries = world.OneIn(8) ? new RetryOptions { Attempts = world.Random.Next(1, LifeSettings.MaxAttempts + 1), TryTimeout = world.Milliseconds(1, 20) } : null,
    };

    private static void RemoveAt<T>(List<T> list, int index)
    {
        list[index] = list[^1];
        list.RemoveAt(list.Count - 1);
    }
}
