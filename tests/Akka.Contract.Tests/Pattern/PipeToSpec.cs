using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Pattern;

/// <summary>"PipeTo maps failure to Status.Failure unless told otherwise."</summary>
public sealed class PipeToSpec : ContractSpec
{
    private static readonly ContractException s_failure = new("on purpose");

    [Fact]
    public async Task Result_is_told_from_the_given_sender()
    {
        var sender = CreateTestProbe();
        var source = new TaskCompletionSource<string>();
        var piped = source.Task.PipeTo(TestActor, sender.Ref);
        source.SetResult("result");

        await piped.WaitAsync(Patience);
        await ExpectMsgFromAsync(sender.Ref, "result");
    }

    [Fact]
    public async Task Result_is_mapped()
    {
        await Task.FromResult(20).PipeTo(TestActor, success: number => $"number {number}");
        await ExpectMsgAsync("number 20");
        await new ValueTask<int>(21).PipeTo(TestActor, success: number => $"number {number}");
        await ExpectMsgAsync("number 21");
        await new ValueTask<int>(22).PipeTo(TestActor, useConfigureAwait: true);
        await ExpectMsgAsync(22);
    }

    [Fact]
    public async Task Failure_is_told_as_a_status()
    {
        await Task.FromException<string>(s_failure).PipeTo(TestActor);
        Assert.Same(s_failure, (await ExpectMsgAsync<Status.Failure>()).Cause);
        await Task.FromException(s_failure).PipeTo(TestActor);
        Assert.Same(s_failure, (await ExpectMsgAsync<Status.Failure>()).Cause);
        await new ValueTask(Task.FromException(s_failure)).PipeTo(TestActor);
        Assert.Same(s_failure, (await ExpectMsgAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task Failure_is_mapped()
    {
        await Task.FromException<string>(s_failure).PipeTo(TestActor, failure: cause => cause.Message);
        await ExpectMsgAsync("on purpose");
        await new ValueTask<string>(Task.FromException<string>(s_failure)).PipeTo(TestActor, failure: cause => cause.Message);
        await ExpectMsgAsync("on purpose");
    }

    [Fact]
    public async Task Cancellation_is_a_failure()
    {
        await Task.FromCanceled<string>(new CancellationToken(canceled: true)).PipeTo(TestActor);
        Assert.IsAssignableFrom<OperationCanceledException>((await ExpectMsgAsync<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task Task_without_a_result_tells_what_success_makes_and_else_nothing()
    {
        await Task.CompletedTask.PipeTo(TestActor);
        await ValueTask.CompletedTask.PipeTo(TestActor);
        await Task.CompletedTask.PipeTo(TestActor, success: () => "done");
        await ExpectMsgAsync("done");
        await ValueTask.CompletedTask.PipeTo(TestActor, success: () => "done too");
        await ExpectMsgAsync("done too");
    }
}
