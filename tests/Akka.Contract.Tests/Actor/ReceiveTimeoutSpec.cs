using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.TestKit;

namespace Akka.Contract.Tests.Actor;

/// <summary>ReceiveTimeout on virtual time.</summary>
public sealed class ReceiveTimeoutSpec : ContractSpec
{
    private sealed record Quiet : INotInfluenceReceiveTimeout;

    private sealed class Idle : UntypedActor
    {
        private readonly IActorRef _listener;

        public Idle(IActorRef listener) => _listener = listener;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case TimeSpan timeout:
                    SetReceiveTimeout(timeout);
                    break;
                case "cancel":
                    SetReceiveTimeout(null);
                    break;
                case ReceiveTimeout:
                    _listener.Tell("idle");
                    break;
                case Exception failure:
                    throw failure;
                default:
                    _listener.Tell(message);
                    break;
            }
        }
    }

    public ReceiveTimeoutSpec()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    private IActorRef Start() => Sys.ActorOf(Props.Create(() => new Idle(TestActor)));

    /// <summary>Ends when the actor has set its timer for all it was told: the quiet message after them was handled.</summary>
    private async Task SettleAsync(IActorRef actor)
    {
        var quiet = new Quiet();
        actor.Tell(quiet, ActorRefs.NoSender);
        await ExpectMsgAsync(quiet);
    }

    private async Task AssertNotIdleAsync(IActorRef actor) => await SettleAsync(actor);

    [Fact]
    public async Task It_comes_when_no_message_came_for_that_long()
    {
        var actor = Start();
        actor.Tell(TimeSpan.FromSeconds(10), ActorRefs.NoSender);
        await SettleAsync(actor);

        Clock.Advance(TimeSpan.FromSeconds(9));
        await AssertNotIdleAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await ExpectMsgAsync("idle");
    }

    [Fact]
    public async Task It_comes_again_until_it_is_cancelled()
    {
        var actor = Start();
        actor.Tell(TimeSpan.FromSeconds(10), ActorRefs.NoSender);
        for (var round = 0; round < 3; round++)
        {
            await SettleAsync(actor);
            Clock.Advance(TimeSpan.FromSeconds(10));
            await ExpectMsgAsync("idle");
        }

        actor.Tell("cancel", ActorRefs.NoSender);
        await SettleAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(100));
        await AssertNotIdleAsync(actor);
    }

    [Fact]
    public async Task A_message_starts_it_anew()
    {
        var actor = Start();
        actor.Tell(TimeSpan.FromSeconds(10), ActorRefs.NoSender);
        await SettleAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(6));
        actor.Tell("work", ActorRefs.NoSender);
        await ExpectMsgAsync("work");
        await SettleAsync(actor);

        Clock.Advance(TimeSpan.FromSeconds(6));
        await AssertNotIdleAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(4));

        await ExpectMsgAsync("idle");
    }

    [Fact]
    public async Task A_message_that_does_not_influence_it_does_not_start_it_anew()
    {
        var actor = Start();
        actor.Tell(TimeSpan.FromSeconds(10), ActorRefs.NoSender);
        await SettleAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(6));
        await SettleAsync(actor);
        Clock.Advance(TimeSpan.FromSeconds(4));

        await ExpectMsgAsync("idle");
    }

    [Fact]
    public async Task A_stopped_actor_gets_none()
    {
        var deadLetters = Listen<Akka.Event.AllDeadLetters>();
        var actor = Start();
        actor.Tell(TimeSpan.FromSeconds(10), ActorRefs.NoSender);
        await SettleAsync(actor);
        await WatchNowAsync(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor, Patience);

        Clock.Advance(TimeSpan.FromSeconds(100));
        Sys.DeadLetters.Tell("fence", ActorRefs.NoSender);

        await deadLetters.FishForMessageAsync<Akka.Event.AllDeadLetters>(letter =>
        {
            Assert.IsNotType<ReceiveTimeout>(letter.Message);
            return "fence".Equals(letter.Message);
        });
    }
}
