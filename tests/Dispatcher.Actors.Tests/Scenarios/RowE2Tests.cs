using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row E2, co-operative cancel (articles 2/2.4, 4/4.2): cancelling a queued task removes it, and its place is free at once; a running one sees its token; a
/// race with the end has one winner.
/// </summary>
public sealed class RowE2Tests : DispatcherTestKit
{
    private readonly ScriptedHandler<Job, int> _handler;

    public RowE2Tests() => _handler = CreateScript<Job, int>();

    [Fact]
    public async Task TryCancel_QueuedTask_FreesItsPlaceAtOnce()
    {
        _handler.RunsUntilCancelled();
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Queue(1).Handle(_handler)).Dispatcher;
        pool.TrySubmit(new Job(), out TaskHandle<int> running);
        await _handler.NextCallAsync();
        Assert.True(pool.TrySubmit(new Job(), out TaskHandle<int> queued));
        Assert.False(pool.TrySubmit(new Job()));
        Assert.True(queued.TryCancel("test"));
        Assert.Equal(new Cancelled("test"), (await queued.Outcome).Detail);
        Assert.True(pool.TrySubmit(new Job(), out TaskHandle<int> next));
        Assert.True(next.TryCancel("test"));
        Assert.True(running.TryCancel("test"));
        Assert.Equal(new Cancelled("test"), (await running.Outcome).Detail);
        Assert.Equal(1, _handler.Count);
    }

    [Fact]
    public async Task TryCancel_RunningTask_SeesItsToken()
    {
        _handler.RunsUntilCancelled();
        StartPool(d => d.Workers(1).Handle(_handler)).Dispatcher.TrySubmit(new Job(), out TaskHandle<int> handle);
        HandlerCall<Job> call = await _handler.NextCallAsync();
        Assert.True(handle.TryCancel("test"));
        Assert.False(handle.TryCancel("again"));
        Assert.True(call.CancellationToken.IsCancellationRequested);
        Assert.Equal(new Cancelled("test"), (await handle.Outcome).Detail);
    }

    private sealed record Job : ITask<int>;
}
