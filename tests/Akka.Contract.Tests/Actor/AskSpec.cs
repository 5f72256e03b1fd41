using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;

namespace Akka.Contract.Tests.Actor;

/// <summary>"Ask makes a temporary actor, removed on completion, time-out or cancellation; without a time-out it waits for ever. A Status.Failure reply faults the task."</summary>
public sealed class AskSpec : ContractSpec
{
    [Fact]
    public async Task Ask_yields_the_reply()
    {
        var echo = Sys.ActorOf(FuncActor.Echo());
        Assert.Equal("hello", await echo.Ask<string>("hello", Patience));
        Assert.Equal("hello", await echo.Ask("hello", Patience));
    }

    [Fact]
    public async Task Every_ask_has_a_reference_of_its_own_below_temp()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => context.Sender.Tell(context.Sender)));
        var first = await actor.Ask<IActorRef>("who", Patience);
        var second = await actor.Ask<IActorRef>("who", Patience);
        Assert.NotEqual(first, second);
        Assert.Equal("temp", first.Path.Parent.Name);
    }

    [Fact]
    public async Task The_temporary_actor_is_removed_on_completion()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => context.Sender.Tell(context.Sender)));
        var asker = await actor.Ask<IActorRef>("who", Patience);
        await AssertGoneAsync(asker);
    }

    [Fact]
    public async Task The_temporary_actor_is_removed_on_time_out()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => TestActor.Tell(context.Sender)));
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask("who", TimeSpan.FromMilliseconds(10)));
        await AssertGoneAsync(await ExpectMsgAsync<IActorRef>());
    }

    [Fact]
    public async Task The_temporary_actor_is_removed_on_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => TestActor.Tell(context.Sender)));
        var asking = actor.Ask("who", null, cancellation.Token);
        var asker = await ExpectMsgAsync<IActorRef>();
        Assert.Same(asker, Resolve(asker));
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await AssertGoneAsync(asker);
    }

    [Fact]
    public async Task Without_a_time_out_it_waits_until_it_is_answered()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Sys.Settings.AskTimeout);
        IActorRef? asker = null;
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is "question")
                asker = context.Sender;
            else
                asker!.Tell("answer");
        }));
        var asking = actor.Ask<string>("question");
        await FenceAsync(actor);
        Assert.False(asking.IsCompleted);

        actor.Tell("now", ActorRefs.NoSender);

        Assert.Equal("answer", await asking.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_failure_reply_faults_the_task_with_its_cause()
    {
        var failure = new ContractException("on purpose");
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => context.Sender.Tell(new Status.Failure(failure))));
        Assert.Same(failure, await Assert.ThrowsAsync<ContractException>(() => actor.Ask<string>("question", Patience)));
        Assert.Same(failure, await Assert.ThrowsAsync<ContractException>(() => actor.Ask("question", Patience)));
    }

    [Fact]
    public async Task A_reply_of_another_type_faults_the_task_with_ArgumentException()
    {
        var echo = Sys.ActorOf(FuncActor.Echo());
        await Assert.ThrowsAsync<ArgumentException>(() => echo.Ask<int>("text", Patience));
    }

    [Fact]
    public async Task The_first_reply_counts()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) =>
        {
            context.Sender.Tell("first");
            context.Sender.Tell("second");
        }));
        for (var round = 0; round < 100; round++)
            Assert.Equal("first", await actor.Ask<string>("question", Patience));
    }

    [Fact]
    public async Task The_message_can_carry_the_reference_of_the_asker()
    {
        var actor = Sys.ActorOf(FuncActor.Of((_, message) => ((IActorRef)message).Tell("answer")));
        Assert.Equal("answer", await actor.Ask<string>(asker => asker, Patience, CancellationToken.None));
    }

    [Fact]
    public async Task An_ask_to_a_stopped_actor_times_out_and_leaves_a_dead_letter()
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = Sys.ActorOf(FuncActor.Echo());
        Assert.True(await actor.GracefulStop(Patience));

        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask("question", TimeSpan.FromMilliseconds(10)));

        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => "question".Equals(letter.Message));
    }

    [Fact]
    public async Task Asks_at_once_from_several_threads_get_their_own_answers()
    {
        var echo = Sys.ActorOf(FuncActor.Echo());
        var asked = new Task<int>[4 * 1_000];
        await OnThreadsAsync(4, thread =>
        {
            for (var number = 0; number < 1_000; number++)
                asked[(thread * 1_000) + number] = echo.Ask<int>((thread * 1_000) + number, Patience);
        });
        var answers = await Task.WhenAll(asked);
        Assert.Equal(Enumerable.Range(0, asked.Length), answers);
    }

    /// <summary>The removal runs after the completion, so it is awaited: the path no longer leads to the asker.</summary>
    private async Task AssertGoneAsync(IActorRef asker) =>
        await UntilAsync(() => !ReferenceEquals(asker, Resolve(asker)));

    private IActorRef Resolve(IActorRef asker) => ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(asker.Path);
}
