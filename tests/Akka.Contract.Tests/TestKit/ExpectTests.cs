using Akka.Actor;
using Akka.TestKit;
using Xunit.Sdk;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class ExpectTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void ExpectMsg_EqualMessage_AnswersIt()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", ExpectMsg("hello"));
    }

    [Fact]
    public void ExpectMsg_OfBaseType_AnswersTheMessage()
    {
        TestActor.Tell(new ArgumentNullException());

        Assert.IsType<ArgumentNullException>(ExpectMsg<ArgumentException>());
    }

    [Fact]
    public void ExpectMsg_Sequences_ComparedByItems()
    {
        TestActor.Tell(new List<int> { 1, 2 });
        ExpectMsg<IEnumerable<int>>([1, 2]);

        TestActor.Tell(new List<int> { 1, 3 });
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<IEnumerable<int>>([1, 2]));
    }

    [Fact]
    public void ExpectMsg_AnotherType_FailsWithBothTypesAndTheSender()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("text", probe.Ref);

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>());

        Assert.Contains("System.Int32", failure.Message);
        Assert.Contains("System.String", failure.Message);
        Assert.Contains("text", failure.Message);
        Assert.Contains(probe.Ref.Path.Name, failure.Message);
    }

    [Fact]
    public void ExpectMsg_AnotherValue_FailsWithBothValues()
    {
        TestActor.Tell("what came");

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg("what should come"));

        Assert.Contains("what came", failure.Message);
        Assert.Contains("what should come", failure.Message);
    }

    [Fact]
    public void ExpectMsg_NothingComes_FailsWithTimeoutAndType()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<string>(Short));

        Assert.Contains("Timeout", failure.Message);
        Assert.Contains("System.String", failure.Message);
    }

    [Fact]
    public async Task ExpectMsgAsync_NothingComes_FailsWithTimeoutAndType()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(async () => await ExpectMsgAsync<string>(Short));

        Assert.Contains("Timeout", failure.Message);
        Assert.Contains("System.String", failure.Message);
    }

    [Fact]
    public void ExpectMsg_Predicate_ChecksMessage()
    {
        TestActor.Tell(7);
        Assert.Equal(7, ExpectMsg<int>(i => i > 6));

        TestActor.Tell(5);
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(i => i > 6));
    }

    [Fact]
    public void ExpectMsg_Comparer_DecidesEquality()
    {
        TestActor.Tell("ABC");

        Assert.Equal("ABC", ExpectMsg("abc", (x, y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void ExpectMsg_MessageAndSender_AreBothGiven()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("m", probe.Ref);
        TestActor.Tell("m", probe.Ref);

        ExpectMsg<string>((message, sender) => message == "m" && sender.Equals(probe.Ref));
        ExpectMsg<string>((message, sender) =>
        {
            Assert.Equal("m", message);
            Assert.Equal(probe.Ref, sender);
        });
    }

    [Fact]
    public void ExpectMsgFrom_ChecksSender()
    {
        var (one, two) = (CreateTestProbe(), CreateTestProbe());
        TestActor.Tell("m", one.Ref);
        Assert.Equal("m", ExpectMsgFrom<string>(one.Ref));

        TestActor.Tell("m", one.Ref);
        Assert.Equal("m", ExpectMsgFrom(one.Ref, "m"));

        TestActor.Tell("m", two.Ref);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom(one.Ref, "m"));
    }

    [Fact]
    public void ExpectNoMsg_MessageComes_FailsWithIt()
    {
        ExpectNoMsg(TimeSpan.Zero);
        TestActor.Tell("unwanted");

        Assert.Contains("unwanted", Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Short)).Message);
    }

    [Fact]
    public void ExpectMsgAllOf_AnyOrder_AnswersInOrderOfArrival()
    {
        foreach (var i in (int[])[3, 1, 2]) TestActor.Tell(i);

        Assert.Equal([3, 1, 2], ExpectMsgAllOf(1, 2, 3));
    }

    [Fact]
    public void ExpectMsgAllOf_OneIsAnother_FailsWithBoth()
    {
        foreach (var i in (int[])[3, 17]) TestActor.Tell(i);

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(3, 42));

        Assert.Contains("17", failure.Message);
        Assert.Contains("42", failure.Message);
    }

    [Fact]
    public async Task ExpectMsgAllOfAsync_AnyOrder_AnswersInOrderOfArrival()
    {
        foreach (var i in (int[])[3, 1, 2]) TestActor.Tell(i);
        var received = new List<int>();

        await foreach (var i in ExpectMsgAllOfAsync(new[] { 1, 2, 3 })) received.Add(i);

        Assert.Equal([3, 1, 2], received);
    }

    [Fact]
    public void ExpectMsgAnyOf_OneOfThem_AnswersIt()
    {
        TestActor.Tell(2);
        Assert.Equal(2, ExpectMsgAnyOf((IEnumerable<int>)[1, 2]));

        TestActor.Tell(3);
        Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf((IEnumerable<int>)[1, 2]));
    }

    [Fact]
    public void Watch_ActorStops_TerminatedIsExpected()
    {
        var actor = Watch(Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props));

        Sys.Stop(actor);

        Assert.Equal(actor, ExpectTerminated(actor).ActorRef);
    }

    [Fact]
    public async Task Unwatch_ActorStops_NothingComes()
    {
        var probe = CreateTestProbe();
        var actor = await WatchAsync(Sys.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props));
        await probe.WatchAsync(actor);
        await UnwatchAsync(actor);

        Sys.Stop(actor);

        await probe.ExpectTerminatedAsync(actor);
        await ExpectNoMsgAsync(TimeSpan.Zero);
    }

    [Fact]
    public void LastMessageAndSender_AfterReceive_AreThoseOfIt()
    {
        var probe = CreateTestProbe();
        TestActor.Tell("m", probe.Ref);

        ExpectMsg("m");

        Assert.Equal("m", LastMessage);
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void Dilated_Timefactor_Multiplies()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), Dilated(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(3), RemainingOrDefault);
    }
}

public sealed class DilatedExpectTests() : Akka.TestKit.Xunit2.TestKit("akka.test { timefactor = 2.5, single-expect-default = 4s }")
{
    [Fact]
    public void Dilated_Timefactor_MultipliesTimeoutsAndDefaults()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Dilated(TimeSpan.FromSeconds(2)));
        Assert.Equal(TimeSpan.FromSeconds(10), RemainingOrDefault);
        Assert.Equal(2.5, TestKitSettings.TestTimeFactor);
    }
}
