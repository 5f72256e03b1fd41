using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>What each directive does, and to whom.</summary>
public sealed class SupervisionSpec : ContractSpec
{
    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<Exception>(failure => throw failure);
            ReceiveAny(_ => Sender.Tell(++_count));
        }
    }

    private IActorRef _supervisor = ActorRefs.Nobody;

    private static Props CounterProps => Props.Create(() => new Counter());

    private static ContractException Failure => new("on purpose");

    private async Task<IActorRef[]> CountersAsync(SupervisorStrategy? strategy, int count)
    {
        _supervisor = Supervise(strategy);
        var children = new IActorRef[count];
        for (var index = 0; index < count; index++)
        {
            children[index] = await SpawnAsync(_supervisor, CounterProps);
            await AssertCountAsync(children[index], 1);
        }

        return children;
    }

    private async Task AssertCountAsync(IActorRef counter, int expected)
    {
        counter.Tell("count", TestActor);
        await ExpectMsgFromAsync(counter, expected);
    }

    [Fact]
    public async Task The_default_strategy_restarts_the_failing_child_only()
    {
        var children = await CountersAsync(null, 2);
        children[0].Tell(Failure, ActorRefs.NoSender);
        await AssertCountAsync(children[0], 1);
        await AssertCountAsync(children[1], 2);
    }

    [Fact]
    public async Task Resume_keeps_the_state()
    {
        var children = await CountersAsync(new OneForOneStrategy(_ => Directive.Resume), 1);
        children[0].Tell(Failure, ActorRefs.NoSender);
        await AssertCountAsync(children[0], 2);
    }

    [Fact]
    public async Task Stop_stops_the_failing_child_only()
    {
        var children = await CountersAsync(new OneForOneStrategy(_ => Directive.Stop), 2);
        await WatchNowAsync(children[0]);
        children[0].Tell(Failure, ActorRefs.NoSender);
        await ExpectTerminatedAsync(children[0], Patience);
        await AssertCountAsync(children[1], 2);
    }

    [Fact]
    public async Task The_stopping_strategy_stops_a_failing_child()
    {
        var children = await CountersAsync(SupervisorStrategy.StoppingStrategy, 1);
        await WatchNowAsync(children[0]);
        children[0].Tell(Failure, ActorRefs.NoSender);
        await ExpectTerminatedAsync(children[0], Patience);
    }

    [Fact]
    public async Task All_for_one_restarts_all_children()
    {
        var children = await CountersAsync(new AllForOneStrategy(_ => Directive.Restart), 3);
        children[1].Tell(Failure, ActorRefs.NoSender);
        await AssertCountAsync(children[1], 1);
        // The decision is one turn of the supervisor: after the next one all siblings have been told to restart.
        await FenceAsync(_supervisor);
        await AssertCountAsync(children[0], 1);
        await AssertCountAsync(children[2], 1);
    }

    [Fact]
    public async Task All_for_one_stops_all_children()
    {
        var children = await CountersAsync(new AllForOneStrategy(_ => Directive.Stop), 3);
        foreach (var child in children)
            await WatchNowAsync(child);
        children[1].Tell(Failure, ActorRefs.NoSender);
        var stopped = new HashSet<IActorRef>();
        for (var count = 0; count < children.Length; count++)
            stopped.Add((await ExpectMsgAsync<Terminated>()).ActorRef);
        Assert.True(stopped.SetEquals(children));
    }

    [Fact]
    public async Task All_for_one_resumes_the_failing_child_only()
    {
        var children = await CountersAsync(new AllForOneStrategy(_ => Directive.Resume), 2);
        children[0].Tell(Failure, ActorRefs.NoSender);
        await AssertCountAsync(children[0], 2);
        await AssertCountAsync(children[1], 2);
    }

    [Theory]
    [InlineData(typeof(ActorKilledException))]
    [InlineData(typeof(ActorInitializationException))]
    public void The_default_decider_stops_on(Type type)
    {
        var cause = (Exception)Activator.CreateInstance(type, "on purpose")!;
        Assert.Equal(Directive.Stop, SupervisorStrategy.DefaultDecider.Decide(cause));
    }

    [Fact]
    public void The_default_decider_stops_on_DeathPactException() =>
        Assert.Equal(Directive.Stop, SupervisorStrategy.DefaultDecider.Decide(new DeathPactException(ActorRefs.Nobody)));

    [Fact]
    public void The_default_decider_restarts_on_anything_else()
    {
        Assert.Equal(Directive.Restart, SupervisorStrategy.DefaultDecider.Decide(new ContractException("any")));
        Assert.Equal(Directive.Restart, SupervisorStrategy.DefaultDecider.Decide(new InvalidOperationException("any")));
    }

    [Fact]
    public void A_decider_of_pairs_takes_the_first_that_fits_and_else_its_default()
    {
        var decider = Decider.From(
            Directive.Escalate,
            new KeyValuePair<Type, Directive>(typeof(ArgumentNullException), Directive.Resume),
            new KeyValuePair<Type, Directive>(typeof(ArgumentException), Directive.Stop));
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException("any")));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException("any")));
        Assert.Equal(Directive.Escalate, decider.Decide(new ContractException("any")));
    }

    [Fact]
    public async Task A_child_that_is_killed_is_stopped_by_default()
    {
        var children = await CountersAsync(null, 1);
        await WatchNowAsync(children[0]);
        children[0].Tell(Kill.Instance, ActorRefs.NoSender);
        await ExpectTerminatedAsync(children[0], Patience);
    }

    [Fact]
    public async Task A_child_whose_constructor_fails_is_stopped_by_default()
    {
        var supervisor = Supervise();
        var child = await SpawnAsync(supervisor, Props.Create(() => new FailsToStart(true)));
        await WatchNowAsync(child);
        await ExpectTerminatedAsync(child, Patience);
    }

    [Fact]
    public async Task A_failing_PreStart_is_an_ActorInitializationException_with_the_cause_inside()
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        await SpawnAsync(supervisor, Props.Create(() => new FailsToStart(false)));
        var failure = await ExpectMsgAsync<ActorInitializationException>();
        Assert.IsType<ContractException>(failure.GetBaseException());
    }

    [Fact]
    public async Task The_strategy_of_the_props_supervises_the_children_of_that_actor()
    {
        var supervisor = Sys.ActorOf(Props.Create(() => new Supervisor(null)).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        var child = await SpawnAsync(supervisor, CounterProps);
        await AssertCountAsync(child, 1);
        child.Tell(Failure, ActorRefs.NoSender);
        await AssertCountAsync(child, 2);
    }

    private sealed class FailsToStart : UntypedActor
    {
        public FailsToStart(bool inConstructor)
        {
            if (inConstructor)
                throw new ContractException("on purpose");
        }

        protected override void PreStart() => throw new ContractException("on purpose");

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
