using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Xunit.Abstractions;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Random faults, cancels, deadlines, resizes, kills and a stop, in an order that the seed chooses: every task has one outcome, and the sums add up.</summary>
public sealed class PoolSimulationTests(ITestOutputHelper output)
{
    private const int SeedsInCi = 50;
    private const int TasksASeed = 2_000;

    public static TheoryData<RoutingPolicy, FullPolicy> Policies
    {
        get
        {
            TheoryData<RoutingPolicy, FullPolicy> data = [];
            foreach (RoutingPolicy routing in Enum.GetValues<RoutingPolicy>())
            {
                foreach (FullPolicy policy in Enum.GetValues<FullPolicy>())
                    data.Add(routing, policy);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Pool_RandomLife_OneOutcomeEachAndSumsAddUp(RoutingPolicy routing, FullPolicy policy)
    {
        Dictionary<OutcomeKind, long> seen = [];
        for (int seed = 1; seed <= SeedsInCi; seed++)
        {
            try
            {
                // Away from the test's synchronization context, so that a handler's continuation runs where its task is completed.
                PoolSnapshot end = await Task.Run(() => new Life(seed, routing, policy).RunAsync(TasksASeed));
                foreach ((OutcomeKind kind, long count) in CountsOf(end))
                    seen[kind] = seen.GetValueOrDefault(kind) + count;
            }
            catch (Exception error)
            {
                output.WriteLine($"seed {seed}, routing {routing}, policy {policy}: {error}");
                throw;
            }
        }

        // A simulation in which nothing happens proves nothing.
        Assert.All(seen, entry => Assert.True(entry.Value > SeedsInCi, $"{entry.Value} were {entry.Key}"));
    }

    private static IEnumerable<(OutcomeKind Kind, long Count)> CountsOf(PoolSnapshot end) =>
    [
        (OutcomeKind.Completed, end.Completed), (OutcomeKind.Failed, end.Failed), (OutcomeKind.Rejected, end.Rejected),
        (OutcomeKind.Expired, end.Expired), (OutcomeKind.Cancelled, end.Cancelled), (OutcomeKind.Abandoned, end.Abandoned),
    ];

    /// <summary>One seed's life of a pool.</summary>
    private sealed class Life
    {
        private readonly Random _random;
        private readonly PoolSettings _settings;
        private readonly SimulatedPool _pool;
        private readonly TaskRoute<string, int> _route;
        private readonly List<ValueTask<TaskOutcome<int>>> _awaited = [];
        private readonly List<TaskHandle<int>> _handles = [];
        private readonly List<Task<TaskHandle<int>>> _accepted = [];
        private readonly List<CancellationTokenSource> _sources = [];
        private readonly List<Action> _flights = [];
        private readonly KeyWatch _keys;
        private int _submitted;

        public Life(int seed, RoutingPolicy routing, FullPolicy policy)
        {
            _random = new Random(seed);
            _keys = new KeyWatch(keys: 1 + (seed % 4), _random);
            _settings = TestCells.Settings with
            {
                WorkersMin = 1,
                WorkersMax = 6,
                Concurrency = 1 + (seed % 3),
                TasksPerTurn = 1 + (seed % 5),
                Routing = routing,
                QueuePerWorker = 1 + (seed % 5),
                QueueCapacity = 1 + (seed % 16),
                MaxWaiting = 1 + (seed % 7),
                FullPolicy = policy,
                QueueBudget = seed % 4 == 0 ? TimeSpan.FromMilliseconds(30) : null,
                Grace = TimeSpan.FromMilliseconds(20),
            };
            _pool = new SimulatedPool(seed, _settings);
            _route = TestCells.Route(_pool.Core, Handle);
        }

        public async Task<PoolSnapshot> RunAsync(int tasks)
        {
            while (_submitted < tasks)
                Act();
            Settle();
            await CheckAsync(stopped: false);
            for (int i = 0; i < 20; i++)
                Submit();
            for (int i = _random.Next(10); i > 0; i--)
                _pool.Step();
            _pool.Core.BeginDrain();
            Submit();
            _pool.Core.Close();
            _pool.Core.StopRunning(OutcomeDetails.CancelledByDrain);
            Settle();
            await CheckAsync(stopped: true);
            Assert.True(_keys.Started > 0);
            return _pool.Core.Snapshot();
        }

        private void Act()
        {
            switch (_random.Next(24))
            {
                case < 6:
                    Submit();
                    break;
                case < 15:
                    _pool.Step();
                    break;
                case < 18:
                    Land();
                    break;
                case 18 when _handles.Count > 0:
                    _handles[_random.Next(_handles.Count)].TryCancel("test");
                    break;
                case 19 when _sources.Count > 0:
                    _sources[_random.Next(_sources.Count)].Cancel();
                    break;
                case 20:
                    _pool.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(20)));
                    _pool.Core.Sweep();
                    break;
                case 21 when _random.Next(4) == 0:
                    _pool.Core.Resize(_random.Next(_settings.WorkersMin, _settings.WorkersMax + 1));
                    break;
                case 22 when _random.Next(16) == 0:
                    _pool.KillOne();
                    break;
                default:
                    break;
            }

            Collect();
        }

        private void Submit()
        {
            int number = _submitted++;
            string? key = _keys.Draw();
            TaskOptions? options = key == null && _random.Next(2) == 0 ? null : new TaskOptions
            {
                Key = key,
                Priority = (TaskPriority)_random.Next(3),
                Deadline = _random.Next(4) == 0 ? TimeSpan.FromMilliseconds(_random.Next(-1, 60)) : null,
                QueueBudget = _random.Next(8) == 0 ? TimeSpan.FromMilliseconds(_random.Next(1, 30)) : null,
                RunBudget = _random.Next(8) == 0 ? TimeSpan.FromMilliseconds(_random.Next(1, 30)) : null,
            };
            string task = _random.Next(11) switch { < 5 => "done", 5 => "throw", 6 => "throw later", 7 => "ignore", 8 => "hand in", _ => "later" };
            task = $"{task}#{number}";
            CancellationToken token = default;
            if (_random.Next(4) == 0)
            {
                CancellationTokenSource source = new();
                _sources.Add(source);
                token = source.Token;
            }

            switch (_random.Next(4))
            {
                case 0:
                    // The handle of a task that waits for its place comes later, from the thread pool.
                    _accepted.Add(_route.SubmitAsync(task, options, token).AsTask());
                    break;
                case 1:
                    _route.TrySubmit(task, options, out TaskHandle<int> handle);
                    _handles.Add(handle);
                    _keys.OnSubmitted(key, number, handle);
                    break;
                case 2:
                    _route.TrySubmit(task, options);
                    break;
                default:
                    Keep(_route.RunAsync(task, options, token));
                    break;
            }
        }

        // Polled and not awaited: everything but acceptance happens on this thread.
        private void Keep(ValueTask<TaskOutcome<int>> pending) => _awaited.Add(pending);

        private ValueTask<int> Handle(string text, TaskContext context)
        {
            string[] parts = text.Split('#');
            string task = parts[0];
            _keys.OnStart(context.Key, int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            if (task == "done")
                return new ValueTask<int>(1);
            if (task == "throw")
                throw new InvalidOperationException("thrown");
            // Children, in the handler's turn and later in its flow: they inherit time and cancellation.
            ExecutionContext? flow = null;
            if (task == "hand in")
            {
                Submit();
                flow = ExecutionContext.Capture();
            }

            TaskCompletionSource<int> later = new();
            CancellationToken token = task == "ignore" ? default : context.CancellationToken;
            _flights.Add(() =>
            {
                if (flow != null)
                    ExecutionContext.Run(flow, _ => Submit(), null);
                if (task == "throw later")
                    later.TrySetException(new InvalidOperationException("thrown later"));
                else if (token.IsCancellationRequested)
                    later.TrySetCanceled(token);
                else
                    later.TrySetResult(1);
            });
            return new ValueTask<int>(later.Task);
        }

        private void Land()
        {
            if (_flights.Count == 0)
                return;
            int i = _random.Next(_flights.Count);
            Action land = _flights[i];
            _flights.RemoveAt(i);
            land();
        }

        private void Settle()
        {
            while (_pool.HasWork || _flights.Count > 0)
            {
                _pool.Step();
                Land();
                Collect();
            }

            _pool.Time.Advance(TimeSpan.FromHours(1));
            _pool.Core.Sweep();
            while (_pool.HasWork)
                _pool.Step();
            Collect();
        }

        private void Collect()
        {
            for (int i = _awaited.Count - 1; i >= 0; i--)
            {
                if (!_awaited[i].IsCompleted)
                    continue;
                Assert.NotEqual(OutcomeKind.Pending, _awaited[i].Result.Kind);
                _awaited.RemoveAt(i);
            }
        }

        private async Task CheckAsync(bool stopped)
        {
            PoolSnapshot snapshot = _pool.Core.Snapshot();
            Assert.True(_awaited.Count == 0, $"{_awaited.Count} without an outcome: {snapshot}");
            Assert.Equal(0, snapshot.Queued);
            Assert.Equal(0, snapshot.Waiting);
            Assert.Equal(0, snapshot.Running);
            Assert.Equal(0, _pool.Core.Keys.Count);
            Assert.Empty(_keys.Breaches);
            Assert.Equal(_submitted, snapshot.Submitted);
            Assert.Equal(snapshot.Submitted, snapshot.Ended);
            Assert.Equal(snapshot.Rejected, snapshot.RejectedBy.Values.Sum());
            _handles.AddRange(await Task.WhenAll(_accepted));
            _accepted.Clear();
            Assert.All(_handles, handle => Assert.True(handle.Outcome.IsCompleted));
            if (stopped)
                Assert.Equal(PoolPhase.Stopped, snapshot.Phase);
            else
                Assert.Equal(_pool.Core.Desired, snapshot.Workers);
        }
    }
}
