using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Dispatch;

namespace Akka.Contract.Tests.BadInput;

/// <summary>Recipes that no actor can be made of.</summary>
public sealed class PropsBadInputSpec : ContractSpec
{
    public PropsBadInputSpec()
        : base("""
            contract.plain-mailbox.mailbox-type = "Akka.Dispatch.UnboundedMailbox"
            contract.missing-type-mailbox.mailbox-type = "No.Such.Mailbox, No.Such.Assembly"
            contract.not-a-mailbox.mailbox-type = "System.Object"
            contract.missing-type-dispatcher.type = "No.Such.Dispatcher, No.Such.Assembly"
            """)
    {
    }

    private sealed class NeedsText : UntypedActor
    {
        public NeedsText(string text) => ArgumentNullException.ThrowIfNull(text);

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Stashing : UntypedActor, IWithUnboundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class NeedsDeque : UntypedActor, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    private async Task<ActorInitializationException> FailureOfAsync(Props props)
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        await SpawnAsync(supervisor, props);
        return await ExpectMsgAsync<ActorInitializationException>();
    }

    [Fact]
    public async Task A_type_without_a_fitting_constructor_fails_the_child_which_is_stopped()
    {
        foreach (var props in new[] { Props.Create<NeedsText>(), Props.Create<NeedsText>(1, 2, 3), Props.Create<NeedsText>(42) })
            Assert.NotNull((await FailureOfAsync(props)).InnerException);
    }

    [Fact]
    public async Task A_constructor_that_throws_fails_the_child_with_its_exception_inside()
    {
        var failure = await FailureOfAsync(Props.Create<NeedsText>([null!]));
        Assert.IsType<ArgumentNullException>(failure.GetBaseException());
    }

    [Fact]
    public void A_recipe_without_a_type_is_refused() =>
        Assert.Throws<ArgumentNullException>(() => Props.Create((Type)null!));

    [Fact]
    public void An_expression_that_is_no_constructor_call_is_refused() =>
        Assert.Throws<ArgumentException>(() => Props.Create(() => MakeElsewhere()));

    [Fact]
    public async Task An_actor_made_by_new_is_refused() =>
        await OnThreadsAsync(1, _ => Assert.Throws<ActorInitializationException>(() => new Stashing()));

    [Fact]
    public void An_unknown_dispatcher_is_refused_by_its_id()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(FuncActor.Echo().WithDispatcher("contract.no-such-dispatcher"), "named"));
        Assert.Contains("contract.no-such-dispatcher", refusal.Message);
        Assert.Contains("named", refusal.Message);
    }

    [Fact]
    public void An_unknown_dispatcher_cannot_be_looked_up()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Sys.Dispatchers.Lookup("contract.no-such-dispatcher"));
        Assert.Contains("contract.no-such-dispatcher", refusal.Message);
    }

    [Fact]
    public void A_dispatcher_of_an_unknown_type_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(FuncActor.Echo().WithDispatcher("contract.missing-type-dispatcher")));

    [Fact]
    public void An_unknown_mailbox_is_refused_by_its_id()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(FuncActor.Echo().WithMailbox("contract.no-such-mailbox"), "named"));
        Assert.Contains("contract.no-such-mailbox", refusal.Message);
        Assert.Contains("named", refusal.Message);
    }

    [Fact]
    public void An_unknown_mailbox_cannot_be_looked_up()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Sys.Mailboxes.Lookup("contract.no-such-mailbox"));
        Assert.Contains("contract.no-such-mailbox", refusal.Message);
    }

    [Theory]
    [InlineData("contract.missing-type-mailbox")]
    [InlineData("contract.not-a-mailbox")]
    public void A_mailbox_of_a_type_that_is_none_is_refused_by_its_id(string mailbox)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(FuncActor.Echo().WithMailbox(mailbox)));
        Assert.Contains(mailbox, refusal.Message);
    }

    [Fact]
    public void A_stash_on_a_mailbox_without_a_deque_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create(() => new Stashing()).WithMailbox("contract.plain-mailbox")));

    [Fact]
    public void A_mailbox_that_lacks_what_the_actor_requires_is_refused() =>
        Assert.Throws<ConfigurationException>(() => Sys.ActorOf(Props.Create(() => new NeedsDeque()).WithMailbox("contract.plain-mailbox")));

    [Fact]
    public async Task A_required_mailbox_is_found_without_being_named() =>
        Assert.NotNull(await Sys.ActorOf(Props.Create(() => new NeedsDeque())).Ask<ActorIdentity>(new Identify("made"), Patience));

    [Fact]
    public async Task WatchWith_without_a_message_is_refused()
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        var watcher = await SpawnAsync(supervisor, FuncActor.Of((context, _) => context.WatchWith(TestActor, null!)));
        watcher.Tell("watch", ActorRefs.NoSender);
        await ExpectMsgAsync<ArgumentNullException>();
    }

    private static FuncActor MakeElsewhere() => throw new NotSupportedException("Never called.");
}
