using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;

namespace Dispatcher.TestKit.Tests.Faults;

public sealed class FaultPlanTests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly Journal _journal = new();
    private readonly FaultPlan _faults;
    private readonly OutcomeProbe<int> _probe;
    private readonly ITaskDispatcher _pool;

    public FaultPlanTests()
    {
        _faults = CreateFaultPlan();
        _probe = CreateOutcomeProbe<int>();
        _pool = StartPool(
            d =>
            {
                EchoService.Configure(d);
                d.Decorate(_faults);
            },
            services: new ServiceCollection().AddSingleton(_journal).BuildServiceProvider()).Dispatcher;
    }

    [Fact]
    public async Task Throw_TheThirdCall_ItAloneFailsAndItsHandlerIsNotCalled()
    {
        _faults.Throw<Echo>(3, new IOException("disk"));

        await RunAsync(5);

        await _probe.ExpectCompletedAsync(1);
        await _probe.ExpectCompletedAsync(2);
        Assert.Equal("disk", (await _probe.ExpectFailedAsync<IOException>()).Error.Message);
        await _probe.ExpectCompletedAsync(4);
        await _probe.ExpectCompletedAsync(5);
        Assert.Equal((5, 0, 1), (_faults.Calls<Echo>(), _faults.Calls<Other>(), _faults.Injected));
        Assert.Equal([1, 2, 4, 5], _journal.Handled);
    }

    [Fact]
    public async Task Throw_AnotherTypeOfTask_IsNotHit()
    {
        _faults.Throw<Other>(1, new IOException());

        _probe.Watch(_pool.RunAsync(new Echo(1)));
        _probe.Watch(_pool.RunAsync(new Other()));

        await _probe.ExpectCompletedAsync(1);
        await _probe.ExpectFailedAsync<IOException>();
    }

    [Fact]
    public async Task ThrowEvery_Ten_HitsEachTenth()
    {
        _faults.ThrowEvery<Echo>(10, static () => new IOException());

        await RunAsync(100);

        for (int i = 1; i <= 100; i++)
            await _probe.ExpectAsync(i % 10 == 0 ? OutcomeKind.Failed : OutcomeKind.Completed);
        Assert.Equal(10, _faults.Injected);
    }

    [Fact]
    public async Task ThrowAfter_TheWorkIsDoneAndItsAnswerLost()
    {
        _faults.ThrowAfter<Echo>(1, new IOException());

        await RunAsync(1);

        await _probe.ExpectFailedAsync<IOException>();
        Assert.Equal([1], _journal.Handled);
    }

    [Fact]
    public async Task Delay_PastTheDeadline_Expires()
    {
        _faults.Delay<Echo>(1, 10 * s_second).Delay<Echo>(2, 10 * s_second);
        _probe.Watch(_pool.RunAsync(new Echo(1), new TaskOptions { Deadline = 5 * s_second }));
        _probe.Watch(_pool.RunAsync(new Echo(2), new TaskOptions { Deadline = 15 * s_second }));
        await _faults.AwaitInjectedAsync(2);

        await AdvanceAsync(10 * s_second);

        await _probe.ExpectExpiredAsync(ExpiredWhere.Run);
        await _probe.ExpectCompletedAsync(2);
        Assert.Equal([2], _journal.Handled);
    }

    [Fact]
    public async Task Hang_PastDeadlineAndGrace_IsAbandoned()
    {
        _faults.Hang<Echo>(1);
        _probe.Watch(_pool.RunAsync(new Echo(1), new TaskOptions { Deadline = s_second }));
        await _faults.AwaitInjectedAsync(1);

        await AdvanceAsync(6 * s_second);

        await _probe.ExpectAbandonedAsync();
    }

    [Fact]
    public async Task AwaitInjected_TooFew_SaysHowMany()
    {
        XunitException error = await Assert.ThrowsAsync<XunitException>(() => _faults.AwaitInjectedAsync(1, TimeSpan.FromMilliseconds(20)));

        Assert.Equal("Expected 1 faults within 00:00:00.0200000, there were 0.", error.Message);
    }

    [Fact]
    public void Throw_CallZero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("call", () => _faults.Throw<Echo>(0, new IOException()));

    [Fact]
    public void ThrowEvery_Zero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("every", () => _faults.ThrowEvery<Echo>(0, static () => new IOException()));

    private async Task RunAsync(int tasks)
    {
        // One after the other, so that calls come in the order of the tasks.
        for (int i = 1; i <= tasks; i++)
        {
            Task<TaskOutcome<int>> task = _pool.RunAsync(new Echo(i)).AsTask();
            _probe.Watch(new ValueTask<TaskOutcome<int>>(task));
            await task;
        }
    }

    private sealed record Other : ITask<int>;

    /// <summary>What a service would have: it registers its own handlers.</summary>
    private static class EchoService
    {
        public static void Configure(TaskDispatcherBuilder pool) =>
            pool.Workers(1).Concurrency(4).Handle<Echo, int, EchoHandler>().Handle<Other, int>(static (_, _) => new ValueTask<int>(0));
    }

    private sealed class EchoHandler(Journal journal) : ITaskHandler<Echo, int>
    {
        public ValueTask<int> HandleAsync(Echo task, TaskContext context)
        {
            journal.Handled.Add(task.Number);
            return new ValueTask<int>(task.Number);
        }
    }

    private sealed class Journal
    {
        public List<int> Handled { get; } = [];
    }
}
