using Dispatcher.Actors.Composition;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>Row F8: fan-out and fan-in.</summary>
public sealed class TaskGroupTests : PoolTest
{
    private readonly RowGates _gates = new();

    [Fact]
    public async Task Run_AllComplete_ResultsComeInTheOrderOfTheInputs()
    {
        ITaskDispatcher pool = StartPool();
        _gates.Close(0);
        Task<TaskGroupResult<int>> group = TaskGroup.RunAsync(pool, Rows(100));
        AwaitPool(pool, s => s.Completed == 99);
        Assert.False(group.IsCompleted);

        _gates.Open(0);

        TaskGroupResult<int> result = await Soon(group);
        Assert.True(result.IsCompleted);
        Assert.Null(result.FirstFailure);
        Assert.Equal(Enumerable.Range(0, 100).Select(row => row * 2), result.GetResultsOrThrow());
        Assert.Equal(new OutcomeTally(100, 0, 0, 0, 0, 0), result.Tally);
    }

    [Fact]
    public async Task Run_MoreTasksThanItsBound_NeverRunsMoreAtOnce()
    {
        ITaskDispatcher pool = StartPool();
        _gates.CloseAll();
        Task<TaskGroupResult<int>> group = TaskGroup.RunAsync(pool, Rows(100), new TaskGroupOptions { MaxConcurrency = 7 });
        // Running is a moment before the handler.
        AwaitPool(pool, s => s.Running == 7 && _gates.Running == 7);
        Assert.Equal(7, pool.Snapshot().Submitted);

        _gates.OpenAll();

        Assert.True((await Soon(group)).IsCompleted);
        Assert.Equal(7, _gates.MostRunning);
    }

    [Fact]
    public async Task Run_CollectAll_EveryTaskRunsAndTheFirstFailureIsNamed()
    {
        ITaskDispatcher pool = StartPool(row => row is 3 or 8);
        _gates.Close(3);
        // Row 3 holds one of two lanes, so row 9 runs after the group knows of row 8.
        Task<TaskGroupResult<int>> group = TaskGroup.RunAsync(pool, Rows(10), new TaskGroupOptions { MaxConcurrency = 2 });
        AwaitPool(pool, s => s.Failed == 1 && s.Completed == 8);
        _gates.Open(3);

        TaskGroupResult<int> result = await Soon(group);

        Assert.Equal(new OutcomeTally(8, 2, 0, 0, 0, 0), result.Tally);
        Assert.Equal(8, result.FirstFailure); // in time, not in number
        Assert.Equal([3, 8], Enumerable.Range(0, 10).Where(i => !result.Outcomes[i].IsCompleted));
        TaskOutcomeException error = Assert.Throws<TaskOutcomeException>(result.GetResultsOrThrow);
        Assert.Equal("row 8", Assert.IsType<FormatException>(error.InnerException).Message);
    }

    [Fact]
    public async Task Run_FailFast_TheFirstFailureCancelsTheRest()
    {
        ITaskDispatcher pool = StartPool(row => row == 4);
        for (int row = 0; row < 4; row++)
            _gates.Close(row);
        TaskGroupOptions options = new() { MaxConcurrency = 5, FailFast = true };

        TaskGroupResult<int> result = await Soon(TaskGroup.RunAsync(pool, Rows(1000), options));

        Assert.Equal(new OutcomeTally(0, 1, 0, 0, 999, 0), result.Tally);
        Assert.Equal(4, result.FirstFailure);
        Assert.All(
            result.Outcomes.Where((_, i) => i != 4),
            outcome => Assert.Equal(new Cancelled("fail fast: item 4 ended in 'group' as Failed"), outcome.Detail));
        // Those that had not begun were never handed in.
        AwaitPool(pool, s => s.Submitted == 5 && s.Cancelled == 4 && s.Failed == 1);
    }

    [Fact]
    public async Task Run_Cancelled_EveryTaskHasItsOutcomeAndNothingIsThrown()
    {
        ITaskDispatcher pool = StartPool();
        _gates.CloseAll();
        using CancellationTokenSource cancel = new();
        Task<TaskGroupResult<int>> group = TaskGroup.RunAsync(pool, Rows(50), new TaskGroupOptions { MaxConcurrency = 6 }, cancel.Token);
        AwaitPool(pool, s => s.Running == 6);

        cancel.Cancel();

        TaskGroupResult<int> result = await Soon(group);
        Assert.Equal(new OutcomeTally(0, 0, 0, 0, 50, 0), result.Tally);
        Assert.All(result.Outcomes, outcome => Assert.Equal(new Cancelled("caller"), outcome.Detail));
        AwaitPool(pool, s => s.Submitted == 6 && s.Running == 0);
    }

    [Fact]
    public async Task Run_Empty_IsCompleted()
    {
        TaskGroupResult<int> result = await Soon(TaskGroup.RunAsync(StartPool(), Rows(0)));

        Assert.True(result.IsCompleted);
        Assert.Empty(result.GetResultsOrThrow());
    }

    [Fact]
    public async Task Run_OneTaskIsNull_NamesItsNumberAndRunsNone()
    {
        ITaskDispatcher pool = StartPool();

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => TaskGroup.RunAsync(pool, [new Clean(1), null!, new Clean(3)]));

        Assert.Contains("Task 1 of 3 is null", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, pool.Snapshot().Submitted);
    }

    [Fact]
    public async Task Run_BoundOutOfRange_NamesIt()
    {
        ArgumentOutOfRangeException error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => TaskGroup.RunAsync(StartPool(), Rows(1), new TaskGroupOptions { MaxConcurrency = 0 }));

        Assert.StartsWith("Group: MaxConcurrency is 0, allowed are 1 to 4096.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_AsCompleted_EachOutcomeComesAtItsEnd()
    {
        ITaskDispatcher pool = StartPool();
        for (int row = 0; row < 4; row++)
            _gates.Close(row);
        IAsyncEnumerator<TaskGroupItem<int>> items = TaskGroup.StreamAsync(pool, Rows(4)).GetAsyncEnumerator();

        foreach (int row in new[] { 2, 0, 3, 1 })
        {
            Task<bool> next = items.MoveNextAsync().AsTask();
            AwaitCondition(() => _gates.Running > 0);
            _gates.Open(row);
            Assert.True(await Soon(next));
            Assert.Equal(new TaskGroupItem<int>(row, TaskOutcome<int>.Completed(row * 2)), items.Current);
        }

        Assert.False(await Soon(items.MoveNextAsync()));
    }

    [Fact]
    public async Task Stream_SlowReader_TasksAreNotHandedInFasterThanOutcomesAreTaken()
    {
        ITaskDispatcher pool = StartPool();
        int read = 0;
        IEnumerable<Clean> endless = Enumerable.Range(0, int.MaxValue).Select(row =>
        {
            Interlocked.Increment(ref read);
            return new Clean(row);
        });
        IAsyncEnumerator<TaskGroupItem<int>> items =
            TaskGroup.StreamAsync(pool, endless, new TaskGroupOptions { MaxConcurrency = 4 }).GetAsyncEnumerator();
        Assert.True(await Soon(items.MoveNextAsync()));

        // Taken 1; 4 in the output, 4 that wait for room in it, 1 in the buffer, 1 at the door.
        AwaitCondition(() => Volatile.Read(ref read) == 11);
        AwaitPool(pool, s => s.Completed == 9);
        Assert.Equal(9, pool.Snapshot().Submitted);

        await items.DisposeAsync();
        Assert.Equal(9, pool.Snapshot().Submitted);
        Assert.Equal(11, read);
    }

    [Fact]
    public async Task Stream_Cancelled_TheRestComesOutAsCancelled()
    {
        ITaskDispatcher pool = StartPool();
        _gates.CloseAll();
        using CancellationTokenSource cancel = new();
        List<TaskGroupItem<int>> items = [];
        Task reading = Task.Run(async () =>
        {
            await foreach (TaskGroupItem<int> item in TaskGroup.StreamAsync(pool, Rows(30), new TaskGroupOptions { MaxConcurrency = 3 }, cancel.Token))
                items.Add(item);
        });
        AwaitPool(pool, s => s.Running == 3);

        cancel.Cancel();

        await reading.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(Enumerable.Range(0, 30), items.Select(item => item.Index).Order());
        Assert.All(items, item => Assert.Equal(OutcomeKind.Cancelled, item.Outcome.Kind));
    }

    [Fact]
    public async Task Run_ManyGroupsAtOnce_SumsAddUp()
    {
        ITaskDispatcher pool = Start(d => d.Workers(2).Concurrency(16).Queue(64).Handle<Clean, int>(static (task, _) =>
            task.Row % 50 == 49 ? throw new FormatException() : new ValueTask<int>(task.Row)));
        TaskGroupOptions options = new() { MaxConcurrency = 32, MaxRefusals = 0 };

        TaskGroupResult<int>[] results = await Soon(Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => TaskGroup.RunAsync(pool, Rows(5000), options)))));

        Assert.All(results, result => Assert.Equal(5000, result.Tally.Total));
        AwaitPool(pool, s => s.Submitted == s.Ended);
        PoolSnapshot end = pool.Snapshot();
        Assert.Equal(40_000, end.Submitted);
        Assert.Equal(end.Completed, results.Sum(result => result.Tally.Completed));
        Assert.Equal(end.Failed, results.Sum(result => result.Tally.Failed));
        Assert.Equal(end.Rejected, results.Sum(result => result.Tally.Rejected));
        Assert.All(results, result => Assert.All(
            result.Outcomes.Index(), entry => Assert.True(!entry.Item.IsCompleted || entry.Item.Result == entry.Index)));
    }

    private static IEnumerable<Clean> Rows(int count) => Enumerable.Range(0, count).Select(row => new Clean(row));

    private ITaskDispatcher StartPool(Func<int, bool>? isBad = null) =>
        Start(d => d.Workers(2).Concurrency(128).Handle<Clean, int>(async (task, context) =>
        {
            await _gates.PassAsync(task.Row, context);
            return isBad?.Invoke(task.Row) == true ? throw new FormatException($"row {task.Row}") : task.Row * 2;
        }));
}
