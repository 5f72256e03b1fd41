using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.Actor;

/// <summary>Props: an immutable recipe.</summary>
public sealed class PropsSpec : ContractSpec
{
    private sealed class Greeter : UntypedActor
    {
        private readonly string _greeting;

        public Greeter() => _greeting = "default";

        public Greeter(string greeting, int number) => _greeting = $"{greeting} {number}";

        protected override void OnReceive(object message) => Sender.Tell(_greeting);
    }

    private sealed class Producer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Greeter);

        public ActorBase Produce() => new Greeter("produced", 7);

        public void Release(ActorBase actor)
        {
            // Nothing to give back.
        }
    }

    private async Task AssertGreetingAsync(Props props, string expected)
    {
        Sys.ActorOf(props).Tell("greet", TestActor);
        await ExpectMsgAsync(expected);
    }

    [Fact]
    public async Task Props_of_a_type_call_its_constructor() => await AssertGreetingAsync(Props.Create<Greeter>(), "default");

    [Fact]
    public async Task Props_of_a_type_and_arguments_call_the_constructor_that_fits()
    {
        var greeter = typeof(Greeter);
        await AssertGreetingAsync(Props.Create<Greeter>("hello", 1), "hello 1");
        await AssertGreetingAsync(Props.Create(greeter, "hello", 2), "hello 2");
    }

    [Fact]
    public async Task Props_of_an_expression_take_the_values_of_that_moment()
    {
        var number = 3;
        var greeting = "hello";
        var props = Props.Create(() => new Greeter(greeting + "!", number * 2));
        number = 100;
        await AssertGreetingAsync(props, "hello! 6");
        Assert.Equal(100, number);
    }

    [Fact]
    public async Task A_lambda_among_the_arguments_shares_its_variables_with_the_code_around()
    {
        const int actors = 4;
        const int perActor = 2_000;
        var handled = 0;
        var props = Props.Create(() => new FuncActor((_, _) => Interlocked.Increment(ref handled) > 0, null));
        var counting = Enumerable.Range(0, actors).Select(_ => Sys.ActorOf(props)).ToArray();
        await OnThreadsAsync(actors, thread =>
        {
            for (var number = 0; number < perActor; number++)
                counting[thread].Tell(number, ActorRefs.NoSender);
        });
        foreach (var actor in counting)
            await FenceAsync(actor);
        Assert.Equal(actors * perActor, handled);
    }

    [Fact]
    public async Task Props_of_a_producer_let_it_make_the_actor() => await AssertGreetingAsync(Props.CreateBy(new Producer()), "produced 7");

    [Fact]
    public async Task One_recipe_makes_many_actors()
    {
        var props = FuncActor.Echo();
        var first = Sys.ActorOf(props);
        var second = Sys.ActorOf(props);
        Assert.NotEqual(first, second);
        first.Tell(1, TestActor);
        await ExpectMsgFromAsync(first, 1);
        second.Tell(2, TestActor);
        await ExpectMsgFromAsync(second, 2);
    }

    [Fact]
    public void A_changed_recipe_is_a_new_one()
    {
        var props = Props.Create<Greeter>();
        var changed = props
            .WithDispatcher("some-dispatcher")
            .WithMailbox("some-mailbox")
            .WithRouter(new RoundRobinPool(3))
            .WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);

        Assert.Equal("some-dispatcher", changed.Dispatcher);
        Assert.Equal("some-mailbox", changed.Mailbox);
        Assert.Equal(new RoundRobinPool(3), changed.RouterConfig);
        Assert.Same(SupervisorStrategy.StoppingStrategy, changed.SupervisorStrategy);
        Assert.Equal(typeof(Greeter), changed.Type);
        Assert.NotEqual("some-dispatcher", props.Dispatcher);
        Assert.NotEqual("some-mailbox", props.Mailbox);
        Assert.IsType<NoRouter>(props.RouterConfig);
        Assert.Null(props.SupervisorStrategy);
    }

    [Fact]
    public void Props_without_a_dispatcher_name_the_default_one() =>
        Assert.Equal("akka.actor.default-dispatcher", Props.Create<Greeter>().Dispatcher);
}
