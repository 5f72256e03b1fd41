namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// Tasks with idempotency keys: every caller is told; when one was told that the task has completed, it runs no more, and whoever comes after that is told the same; a
/// key does not serve two payloads; what was no task of its own is counted apart.
/// </summary>
internal sealed class OnceCalls(World world) : Concern
{
    private const int Keys = 3;

    private readonly Payload?[] _payloads = new Payload[Keys];
    private readonly List<Call> _open = [];
    private int _keys;

    public override IEnumerable<Deed> Deeds => [new Deed(4, Submit), new Deed(2, Collect), new Deed(1, CancelOne)];

    public override bool Settle()
    {
        Collect();
        return false;
    }

    public override Task VerifyAsync(PoolSnapshot pool)
    {
        Collect();
        SimulationException.Unless(_open.Count == 0, () => $"{_open.Count} callers of tasks with an idempotency key have no outcome: {pool}");
        // What is left in the table has completed, and is kept.
        SimulationException.Unless(world.Pool.Core.Once.Count <= _keys, () => $"{world.Pool.Core.Once.Count} of {_keys} idempotency keys are held: {pool}");
        return Task.CompletedTask;
    }

    private void Submit()
    {
        int i = world.Random.Next(Keys);
        Payload? payload = _payloads[i];
        if (payload == null || (payload.IsCompleted && world.OneIn(4)))
            _payloads[i] = payload = new Payload(world.Tasks.NextOnce(), $"once {++_keys}");
        // A key that has served a task to its end is no good for another one.
        bool isOther = payload.IsCompleted && world.OneIn(8);
        SimulatedTask task = isOther ? world.Tasks.NextOnce() : payload.Task;
        TaskOptions options = new()
        {
            IdempotencyKey = payload.Key,
            Priority = (TaskPriority)world.Random.Next(3),
            RunBudget = world.OneIn(8) ? world.Milliseconds(1, 30) : null,
        };
        world.Tasks.OnceCalls++;
        bool wasCompleted = payload.IsCompleted;
        if (world.OneIn(2))
        {
            CancellationTokenSource? source = world.OneIn(3) ? new CancellationTokenSource() : null;
            ValueTask<TaskOutcome<int>> outcome = world.Route.RunAsync(task, options, source?.Token ?? default);
            _open.Add(new Call(payload, outcome.AsTask(), source == null ? null : () => source.Cancel(), wasCompleted, isOther));
        }
        else
        {
            world.Route.TrySubmit(task, options, out TaskHandle<int> handle);
            _open.Add(new Call(payload, handle.Outcome, () => handle.TryCancel("test"), wasCompleted, isOther));
        }
    }

    private void CancelOne()
    {
        if (_open.Count > 0)
            _open[world.Random.Next(_open.Count)].Cancel?.Invoke();
    }

    private void Collect()
    {
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            Call call = _open[i];
            if (!call.Outcome.IsCompleted)
                continue;
            _open[i] = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            Tell(call, call.Outcome.GetAwaiter().GetResult());
        }
    }

    private void Tell(Call call, TaskOutcome<int> outcome)
    {
        (Payload payload, SimulatedTask task) = (call.Payload, call.Payload.Task);
        world.Tasks.Note(task.Number, 200 + (int)outcome.Kind);
        if (call.IsOther)
        {
            SimulationException.Unless(outcome.Detail is Rejected { Reason: RejectReason.OtherPayload }, () => $"{payload.Key} was used for something else: {outcome}");
            return;
        }

        SimulationException.Unless(outcome.Kind != OutcomeKind.Pending, () => $"A caller of {payload.Key} was told that it is pending.");
        SimulationException.Unless(!call.WasCompleted || outcome.IsCompleted, () => $"{payload.Key} had completed, and a caller was told {outcome}.");
        if (!outcome.IsCompleted)
            return;
        SimulationException.Unless(outcome.Result == task.Number, () => $"A caller of {task} was told {outcome}.");
        SimulationException.Unless(!payload.IsCompleted || task.Runs == payload.Runs, () => $"{task} has completed, and has run again.");
        payload.IsCompleted = true;
        payload.Runs = task.Runs;
    }

    private sealed class Payload(SimulatedTask task, string key)
    {
        public SimulatedTask Task => task;

        public string Key => key;

        /// <summary>Whether a caller was told so.</summary>
        public bool IsCompleted { get; set; }

        /// <summary>How often its handler was called until then.</summary>
        public int Runs { get; set; }
    }

    private sealed record Call(Payload Payload, Task<TaskOutcome<int>> Outcome, Action? Cancel, bool WasCompleted, bool IsOther);
}
