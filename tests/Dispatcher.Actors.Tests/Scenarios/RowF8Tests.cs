using Dispatcher.Actors.Composition;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>F8, fan-out and fan-in: a group of tasks runs in parallel, results come back in the order of the inputs, the first failure can cancel the rest.</summary>
public sealed class RowF8Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ScriptedHandler<Part, int> _handler;

    public RowF8Tests() => _handler = CreateScript<Part, int>();

    [Fact]
    public async Task Group_TenTasksTheFirstTakesLongest_RunInParallelAndComeBackInTheirOrder()
    {
        // Ten tasks of ten, nine, ... one second.
        _handler.Runs(
            async (part, context) =>
            {
                await WaitAsync((10 - part.Number) * s_second, context.CancellationToken);
                return part.Number * part.Number;
            },
            times: 10);
        Task<TaskGroupResult<int>> group = Run(new TaskGroupOptions { MaxConcurrency = 10 });
        await _handler.AwaitRunningAsync(10);
        await AwaitTimersAsync(10);

        await AdvanceAsync(10 * s_second);

        TaskGroupResult<int> result = await group;
        Assert.Equal([0, 1, 4, 9, 16, 25, 36, 49, 64, 81], result.GetResultsOrThrow());
        Assert.Equal(10 * s_second, Time.Elapsed); // and not the sum, 55
    }

    [Theory]
    [InlineData(true, 9)]
    [InlineData(false, 0)]
    public async Task Group_OneFails_CancelsTheRestIfItIsToldTo(bool failFast, int cancelled)
    {
        _handler.Runs(
            async (part, context) =>
            {
                await WaitAsync((part.Number == 3 ? 1 : 5) * s_second, context.CancellationToken);
                return part.Number == 3 ? throw new IOException("part 3") : part.Number;
            },
            times: 10);
        Task<TaskGroupResult<int>> group = Run(new TaskGroupOptions { MaxConcurrency = 10, FailFast = failFast });
        await _handler.AwaitRunningAsync(10);
        await AwaitTimersAsync(10);

        await AdvanceAsync(s_second);
        if (!failFast)
            await AdvanceAsync(4 * s_second);

        TaskGroupResult<int> result = await group;
        Assert.Equal(new OutcomeTally(9 - cancelled, 1, 0, 0, cancelled, 0), result.Tally);
        Assert.Equal(3, result.FirstFailure);
        Assert.Equal("part 3", Assert.IsType<IOException>(Assert.Throws<TaskOutcomeException>(result.GetResultsOrThrow).InnerException).Message);
        Assert.Equal((failFast ? 1 : 5) * s_second, Time.Elapsed);
    }

    private Task<TaskGroupResult<int>> Run(TaskGroupOptions options) => TaskGroup.RunAsync(
        StartPool(d => d.Workers(2).Concurrency(8).Handle(_handler)).Dispatcher,
        Enumerable.Range(0, 10).Select(number => (ITask<int>)new Part(number)),
        options with { Time = Time });

    private int _timers;

    private async Task WaitAsync(TimeSpan wait, CancellationToken stop)
    {
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ITimer timer = Time.CreateTimer(_ => over.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        Interlocked.Increment(ref _timers);
        await over.Task.WaitAsync(stop);
    }

    private Task AwaitTimersAsync(int count) => AwaitConditionAsync(() => Task.FromResult(Volatile.Read(ref _timers) == count));

    private sealed record Part(int Number) : ITask<int>;
}
