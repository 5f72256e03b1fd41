using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class CallingThreadDispatcherTests : Akka.TestKit.Xunit2.TestKit
{
    private readonly ConcurrentQueue<string> _steps = new();

    [Fact]
    public void Tell_Idle_RunsOnTheCallingThreadBeforeItReturns()
    {
        var thread = 0;
        var actor = Start(_ => thread = Environment.CurrentManagedThreadId);

        actor.Tell("run");

        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void Tell_FromAnotherActor_RunsInsideOfIt()
    {
        var inner = Start(_ => _steps.Enqueue("inner"));
        var outer = Start(_ =>
        {
            _steps.Enqueue("before");
            inner.Tell("run");
            _steps.Enqueue("after");
        });

        outer.Tell("run");

        Assert.Equal(["before", "inner", "after"], _steps);
    }

    [Fact]
    public void Tell_ToItself_WaitsForTheTurn()
    {
        IActorRef self = ActorRefs.Nobody;
        self = Start(message =>
        {
            _steps.Enqueue($"begin {message}");
            if (message is "first") self.Tell("second");
            _steps.Enqueue($"end {message}");
        });

        self.Tell("first");

        Assert.Equal(["begin first", "end first", "begin second", "end second"], _steps);
    }

    [Fact]
    public async Task Tell_AnotherThreadIsInside_ReturnsBeforeItIsHandled()
    {
        using var entered = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var actor = Start(message =>
        {
            if (message is "hold")
            {
                entered.Set();
                release.Wait(TimeSpan.FromSeconds(30));
            }
            _steps.Enqueue($"{message}");
        });
        var holder = Task.Run(() => actor.Tell("hold", ActorRefs.NoSender));
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)));

        actor.Tell("queued");
        var handledBefore = _steps.Count;
        release.Set();
        await holder;

        Assert.Equal(0, handledBefore);
        await AwaitConditionAsync(() => Task.FromResult(_steps.Count == 2));
        Assert.Equal(["hold", "queued"], _steps);
    }

    [Fact]
    public void ActorsCell_AfterNestedRun_IsRestored()
    {
        var inner = Start(_ => { });
        var outer = ActorOfAsTestActorRef<Outer>(Props.Create(() => new Outer(inner))).Ref;

        outer.Tell("run");

        ExpectMsgFrom(outer, "still me");
        inner.Tell("run");
        TestActor.Tell("still the test");
        ExpectMsgFrom(TestActor, "still the test");
    }

    // A test actor reference runs on the calling thread from its start on; a top-level actor starts on its guardian's.
    private IActorRef Start(Action<object> onMessage) => ActorOfAsTestActorRef<Runner>(Props.Create(() => new Runner(onMessage))).Ref;

    private sealed class Runner : UntypedActor
    {
        private readonly Action<object> _onMessage;

        public Runner(Action<object> onMessage) => _onMessage = onMessage;

        protected override void OnReceive(object message) => _onMessage(message);
    }

    private sealed class Outer(IActorRef inner) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var sender = Sender;
            inner.Tell(message);
            sender.Tell("still me");
        }
    }
}
