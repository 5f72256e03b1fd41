using Xunit.Sdk;

namespace Dispatcher.TestKit.Tests.Handlers;

public sealed class HandlerGateTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly HandlerGate _gate = new();

    [Fact]
    public async Task Wait_Closed_WaitsUntilItOpens()
    {
        Task first = _gate.WaitAsync();
        Task second = _gate.WaitAsync();
        Assert.Equal(2, _gate.Waiting);
        Assert.False(first.IsCompleted);

        _gate.Open();

        await Task.WhenAll(first, second).WaitAsync(s_patience);
        Assert.True(_gate.WaitAsync().IsCompletedSuccessfully);
        Assert.Equal(0, _gate.Waiting);
    }

    [Fact]
    public async Task Let_Some_LetsTheFirstThrough()
    {
        Task[] waits = [_gate.WaitAsync(), _gate.WaitAsync(), _gate.WaitAsync()];

        _gate.Let(2);

        await Task.WhenAll(waits[0], waits[1]).WaitAsync(s_patience);
        Assert.False(waits[2].IsCompleted);
        Assert.Equal(1, _gate.Waiting);
    }

    [Fact]
    public void Let_NobodyThere_LetsThoseWhoComeThrough()
    {
        _gate.Let(2);

        Assert.True(_gate.WaitAsync().IsCompletedSuccessfully);
        Assert.True(_gate.WaitAsync().IsCompletedSuccessfully);
        Assert.False(_gate.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task Wait_Cancelled_LeavesTheGate()
    {
        using CancellationTokenSource cancel = new();
        Task wait = _gate.WaitAsync(cancel.Token);

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(0, _gate.Waiting);
        _gate.Let(1);
        Assert.True(_gate.WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AwaitWaiting_EnoughCome_Ends()
    {
        Task waiting = _gate.AwaitWaitingAsync(2);
        Assert.False(waiting.IsCompleted);

        _ = _gate.WaitAsync();
        _ = _gate.WaitAsync();

        await waiting.WaitAsync(s_patience);
    }

    [Fact]
    public async Task AwaitWaiting_TooFewCome_SaysHowMany()
    {
        _ = _gate.WaitAsync();

        XunitException error = await Assert.ThrowsAsync<XunitException>(() => _gate.AwaitWaitingAsync(2, TimeSpan.FromMilliseconds(20)));

        Assert.Equal("Expected 2 handlers at the gate within 00:00:00.0200000, there are 1.", error.Message);
    }

    [Fact]
    public void Let_None_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _gate.Let(0));
}
