using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Scheduler;

/// <summary>Handles: they cancel once and for all, from any thread, at once or later, alone or together.</summary>
public sealed class CancelableSpec : ContractSpec
{
    [Fact]
    public void Cancel_is_seen_by_the_handle_and_by_its_token()
    {
        using var handle = new Cancelable(Sys.Scheduler);
        var token = handle.Token;
        Assert.False(handle.IsCancellationRequested);

        handle.Cancel();
        handle.Cancel();

        Assert.True(handle.IsCancellationRequested);
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void Token_asked_for_after_the_cancellation_is_canceled()
    {
        using var handle = new Cancelable(Sys.Scheduler);
        handle.Cancel();
        Assert.True(handle.Token.IsCancellationRequested);
        Assert.True(Cancelable.CreateCanceled().Token.IsCancellationRequested);
    }

    [Fact]
    public async Task CancelAfter_cancels_when_the_delay_is_over()
    {
        using var handle = new Cancelable(Sys.Scheduler, TimeSpan.FromMilliseconds(30));
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = handle.Token.Register(canceled.SetResult);

        await canceled.Task.WaitAsync(Patience);
        Assert.True(handle.IsCancellationRequested);
    }

    [Fact]
    public void Linked_handle_is_canceled_with_any_of_its_sources()
    {
        using var one = new Cancelable(Sys.Scheduler);
        using var other = new Cancelable(Sys.Scheduler);
        var linked = Cancelable.CreateLinkedCancelable(Sys.Scheduler, one, other);
        Assert.False(linked.IsCancellationRequested);

        other.Cancel();

        Assert.True(linked.IsCancellationRequested);
        Assert.False(one.IsCancellationRequested);
    }

    [Fact]
    public async Task Cancel_and_Token_race_without_a_lost_cancellation()
    {
        for (var round = 0; round < 200; round++)
        {
            using var handle = new Cancelable(Sys.Scheduler);
            var token = CancellationToken.None;
            await OnThreadsAsync(2, index =>
            {
                if (index == 0) handle.Cancel();
                else token = handle.Token;
            });
            Assert.True(token.IsCancellationRequested);
        }
    }

    [Fact]
    public void CancelIfNotNull_accepts_null()
    {
        ((ICancelable?)null).CancelIfNotNull();
    }
}
