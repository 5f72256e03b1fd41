using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class ProbeTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Send_Probe_IsTheSender()
    {
        var (probe, other) = (CreateTestProbe(), CreateTestProbe());

        probe.Send(other.Ref, "ping");

        other.ExpectMsg("ping");
        Assert.Equal(probe.Ref, other.Sender);
    }

    [Fact]
    public void Reply_Message_GoesToTheLastSender()
    {
        var (probe, other) = (CreateTestProbe(), CreateTestProbe());
        probe.Send(other.Ref, "ping");
        other.ExpectMsg("ping");

        other.Reply("pong");

        probe.ExpectMsgFrom(other.Ref, "pong");
    }

    [Fact]
    public void Forward_LastMessage_KeepsItsSender()
    {
        var (client, proxy, server) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        client.Send(proxy.Ref, "ping");
        proxy.ExpectMsg("ping");

        proxy.Forward(server.Ref);
        proxy.Forward(server.Ref, "another");

        server.ExpectMsgFrom(client.Ref, "ping");
        server.ExpectMsgFrom(client.Ref, "another");
    }

    [Fact]
    public void Probe_StandsForItsReference()
    {
        var probe = CreateTestProbe("standing");
        IActorRef asReference = probe;

        TestActor.Tell("from the probe", probe);
        asReference.Tell("to the probe", TestActor);

        ExpectMsg("from the probe");
        Assert.Equal(probe.Ref.Path, LastSender.Path);
        probe.ExpectMsgFrom(TestActor, "to the probe");
        Assert.Equal("standing", asReference.Path.Name);
    }

    [Fact]
    public void Tell_WithoutSender_TestActorIsTheSender()
    {
        Sys.ActorOf<SimpleEchoActor>().Tell("hello");

        ExpectMsg("hello");
    }

    [Fact]
    public async Task Tell_WithoutSenderAfterAwait_TestActorIsTheSender()
    {
        TestActor.Tell("first");
        await ExpectMsgAsync("first");
        await Task.Yield();

        Sys.ActorOf<SimpleEchoActor>().Tell("hello");

        await ExpectMsgAsync("hello");
    }

    [Fact]
    public void CreateTestProbe_InTest_LeavesTheImplicitSender()
    {
        var probe = CreateTestProbe();

        probe.Ref.Tell("hello");

        probe.ExpectMsgFrom(TestActor, "hello");
    }

    [Fact]
    public void AutoPilot_RunsForEachMessageUntilItIsReplaced()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"auto {message}", ActorRefs.NoSender);
            return message is 2 ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));

        for (var i = 1; i <= 3; i++) probe.Ref.Tell(i, TestActor);

        Assert.Equal([1, 2, 3], probe.ReceiveN(3).Cast<int>());
        Assert.Equal(["auto 1", "auto 2"], ReceiveN(2).Cast<string>());
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void IgnoreMessages_Matching_AreNotReceived()
    {
        IgnoreMessages<int>(i => i < 0);
        TestActor.Tell(-1);
        TestActor.Tell(1);
        ExpectMsg(1);

        IgnoreNoMessages();
        TestActor.Tell(-1);
        ExpectMsg(-1);
    }

    [Fact]
    public void ChildActorOf_Child_HasTheProbeAsParent()
    {
        var probe = CreateTestProbe();

        var child = probe.ChildActorOf(BlackHoleActor.Props, "kid");

        Assert.Equal(probe.Ref.Path / "kid", child.Path);
    }

    [Fact]
    public void EchoActor_FromAProbe_EchoesToTestActorAndProbe()
    {
        var probe = CreateTestProbe();

        probe.Send(Sys.ActorOf(EchoActor.Props(this)), "hello");

        probe.ExpectMsg("hello");
        ExpectMsgFrom(probe.Ref, "hello");
    }

    [Fact]
    public void ForwardActor_KeepsTheSender()
    {
        var (client, server) = (CreateTestProbe(), CreateTestProbe());

        client.Send(Sys.ActorOf(ForwardActor.Props(server.Ref)), "hello");

        server.ExpectMsgFrom(client.Ref, "hello");
    }
}

public sealed class NoImplicitSenderTests : Akka.TestKit.Xunit2.TestKit, INoImplicitSender
{
    [Fact]
    public void Tell_WithoutSender_HasNone()
    {
        TestActor.Tell("hello");

        ExpectMsg("hello");
        Assert.NotEqual(TestActor, LastSender);
    }
}
