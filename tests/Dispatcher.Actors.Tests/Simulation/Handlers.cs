using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Handlers run, fail, await, obey or not; what they await comes when the seed wants it.</summary>
internal sealed class Handlers(World world, KeyWatch keys) : Concern
{
    private readonly List<Flight> _awaiting = [];
    private readonly List<Flight> _hanging = [];

    /// <summary>Hands in a task: what a handler does that wants children.</summary>
    public required Action Submit { get; init; }

    public override IEnumerable<Deed> Deeds => [new Deed(12, LandOne), new Deed(2, VerifyWatch, IsOfOthers: false)];

    public ValueTask<int> Handle(SimulatedTask task, TaskContext context, SimulatedPool pool)
    {
        task.Runs++;
        SimulationException.Unless(!task.InHandler, () => $"{task} runs twice at a time.");
        SimulationException.Unless(context.Attempt <= LifeSettings.MaxAttempts, () => $"{task} has its attempt {context.Attempt}.");
        keys.OnStart(task);
        world.Tasks.Note(task.Number, 99);
        int open = world.Interrupts.Leave();
        world.Interrupts.Point();
        try
        {
            return Play(task, context, pool);
        }
        finally
        {
            world.Interrupts.Return(open);
        }
    }

    public override bool Settle()
    {
        List<Flight> list = _awaiting.Count > 0 ? _awaiting : _hanging;
        if (list.Count == 0)
            return false;
        VerifyLimits();
        Land(list, list.Count - 1);
        return true;
    }

    // Where nothing is under way, the next sweep comes no later than the first limit.
    private void VerifyWatch()
    {
        foreach (Flight flight in _awaiting.Where(static flight => flight.Pool.Core.Phase == PoolPhase.Running))
        {
            SimulationException.Unless(
                flight.IsAskedToStop || flight.DueAt >= flight.Pool.Core.NextSweep,
                () => $"The time of {flight.Task} is over at {flight.DueAt}, and the next sweep at {flight.Pool.Core.NextSweep}.");
        }
    }

    // Much time has passed, and the pool has done what there was to do. After a stop nobody looks after the time any more; there is nobody left who could wait.
    private void VerifyLimits()
    {
        foreach (Flight flight in _awaiting.Concat(_hanging).Where(static flight => !flight.Pool.IsOver))
            SimulationException.Unless(flight.IsAskedToStop || !flight.Task.HasLimit, () => $"The time of {flight.Task} is over, and nobody has noticed.");
    }

    private ValueTask<int> Play(SimulatedTask task, TaskContext context, SimulatedPool pool)
    {
        switch (task.Script)
        {
            case Script.Done:
                return new ValueTask<int>(task.Number);
            case Script.Throw when task.IsHealed:
            case Script.Crash when task.IsHealed:
                return new ValueTask<int>(task.Number);
            case Script.Compute:
                world.Time.Advance(world.Milliseconds(0, 20));
                return new ValueTask<int>(task.Number);
            case Script.Crash:
                throw new HandlerConstructionException(typeof(Handlers), new InvalidOperationException("crashed"));
            case Script.Throw:
                throw new InvalidOperationException("thrown");
            case Script.ThrowForeignCancel:
                throw new OperationCanceledException("of something else");
        }

        ExecutionContext? flow = null;
        if (task.Script == Script.HandIn)
        {
            // The rest of a submission may run on another thread at any time: if that were a part of this run, the story would depend on when.
            TurnMeter? meter = TurnMeter.Current;
            TurnMeter.Current = null;
            Submit();
            flow = ExecutionContext.Capture();
            TurnMeter.Current = meter;
        }

        task.InHandler = true;
        Flight flight = new(task, pool, flow == null ? null : () => ExecutionContext.Run(flow, static submit => ((Action)submit!)(), Submit), context.CancellationToken)
        {
            DueAt = context.Remaining is { } left ? world.Time.GetTimestamp() + left.Ticks : long.MaxValue,
        };
        (task.Script == Script.Hang ? _hanging : _awaiting).Add(flight);
        return new ValueTask<int>(flight.Promise.Task);
    }

    private void LandOne()
    {
        if (_awaiting.Count > 0)
            Land(_awaiting, world.Random.Next(_awaiting.Count));
    }

    private static void Land(List<Flight> list, int i)
    {
        Flight flight = list[i];
        list[i] = list[^1];
        list.RemoveAt(list.Count - 1);
        flight.Land();
    }

    /// <summary>A handler that awaits something.</summary>
    private sealed class Flight
    {
        private readonly CancellationToken _token;
        private readonly Action? _beforeLanding;

        public Flight(SimulatedTask task, SimulatedPool pool, Action? beforeLanding, CancellationToken token)
        {
            Task = task;
            Pool = pool;
            _token = token;
            _beforeLanding = beforeLanding;
            if (task.Script == Script.ObeyAtOnce)
                token.UnsafeRegister(static (state, asked) => ((Flight)state!).Obey(asked), this);
        }

        public SimulatedTask Task { get; }

        /// <summary>Whose worker it has.</summary>
        public SimulatedPool Pool { get; }

        public TaskCompletionSource<int> Promise { get; } = new();

        /// <summary>When its time is over.</summary>
        public required long DueAt { get; init; }

        public bool IsAskedToStop => _token.IsCancellationRequested;

        public void Land()
        {
            _beforeLanding?.Invoke();
            if (Promise.Task.IsCompleted)
                return;
            Task.InHandler = false;
            if (Task.Script == Script.ThrowLater && !Task.IsHealed)
                Promise.TrySetException(new InvalidOperationException("thrown later"));
            else if (Task.Script is not Script.Deaf and not Script.Hang && _token.IsCancellationRequested)
                Promise.TrySetCanceled(_token);
            else
                Promise.TrySetResult(Task.Number);
        }

        private void Obey(CancellationToken asked)
        {
            Task.InHandler = false;
            Promise.TrySetCanceled(asked);
        }
    }
}
