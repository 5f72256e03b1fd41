using Akka.Actor;
using Xunit.Sdk;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class ReceiveTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void ReceiveOne_NothingThere_AnswersNull()
    {
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Null(ReceiveOne(Short));
        Assert.False(HasMessages);
    }

    [Fact]
    public void TryReceiveOne_Message_HasItsSender()
    {
        TestActor.Tell(1, TestActor);

        Assert.True(TryReceiveOne(out var envelope, TimeSpan.FromSeconds(3)));
        Assert.Equal(1, envelope.Message);
        Assert.Equal(TestActor, envelope.Sender);
    }

    [Fact]
    public void ReceiveN_AllThere_KeepsTheirOrder()
    {
        for (var i = 1; i <= 3; i++) TestActor.Tell(i);

        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
    }

    [Fact]
    public void ReceiveN_TooFew_Fails()
    {
        TestActor.Tell(1);

        Assert.Contains("Timeout", Assert.ThrowsAny<XunitException>(() => ReceiveN(2, Short)).Message);
    }

    [Fact]
    public async Task ReceiveNAsync_LeftEarly_LeavesTheRest()
    {
        for (var i = 1; i <= 3; i++) TestActor.Tell(i);

        await foreach (var message in ReceiveNAsync(3))
        {
            if (message is 2) break;
        }

        Assert.Equal(3, await ExpectMsgAsync<int>());
    }

    [Fact]
    public void FishForMessage_Others_AreDropped()
    {
        foreach (var message in (object[])["a", 1, "b", 2]) TestActor.Tell(message);

        Assert.Equal(2, FishForMessage<int>(i => i == 2));
        Assert.False(HasMessages);
    }

    [Fact]
    public void FishForMessage_NeverComes_FailsWithTimeoutAndHint()
    {
        TestActor.Tell("a");

        var failure = Assert.ThrowsAny<XunitException>(() => FishForMessage(m => m is "b", Short, "the b"));

        Assert.Contains("Timeout", failure.Message);
        Assert.Contains("the b", failure.Message);
    }

    [Fact]
    public void ReceiveWhile_Filter_LeavesTheFirstRefusedMessage()
    {
        foreach (var message in (object[])["a", "b", 1, "c"]) TestActor.Tell(message);

        Assert.Equal(["a", "b"], ReceiveWhile(m => m as string, TimeSpan.FromSeconds(3)));
        Assert.Equal(1, ExpectMsg<int>());
    }

    [Fact]
    public void ReceiveWhile_Predicate_DropsOtherTypes()
    {
        foreach (var message in (object[])["a", 1, "b", "stop"]) TestActor.Tell(message);

        Assert.Equal(["a", "b"], ReceiveWhile<string>(m => m != "stop", TimeSpan.FromSeconds(3)));
        Assert.Equal("stop", ExpectMsg<string>());
    }

    [Fact]
    public void ReceiveWhile_Count_StopsThere()
    {
        for (var i = 1; i <= 3; i++) TestActor.Tell($"{i}");

        Assert.Equal(["1", "2"], ReceiveWhile(m => m as string, TimeSpan.FromSeconds(3), msgs: 2));
    }

    [Fact]
    public void ReceiveWhile_Idle_EndsWithoutFailure()
    {
        TestActor.Tell("a");

        Assert.Equal(["a"], ReceiveWhile(m => m as string, TimeSpan.FromSeconds(30), idle: Short));
    }

    [Fact]
    public async Task ReceiveWhileAsync_Idle_EndsWithoutFailure()
    {
        TestActor.Tell("a");
        var received = new List<string>();

        await foreach (var message in ReceiveWhileAsync(m => m as string, TimeSpan.FromSeconds(30), Short)) received.Add(message!);

        Assert.Equal(["a"], received);
    }
}
