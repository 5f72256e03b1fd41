using Akka.Actor;
using Akka.TestKit;
using Dispatcher.Actors.Rounds;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Rounds;

/// <summary>The timers of the rounds, in virtual time.</summary>
public sealed class RoundsActorTests : PoolTest
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly PoolRounds _rounds = new();

    public RoundsActorTests()
        : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
    }

    [Fact]
    public async Task Tick_PoolsOfTwoIntervals_HaveTheirTurnAtTheirs()
    {
        FakeRound often = new(), seldom = new() { Every = 3 * s_second };
        _rounds.Add(often);
        _rounds.Add(seldom);
        IActorRef actor = await StartAsync();
        for (int second = 0; second < 7; second++)
            await AdvanceAsync(actor, s_second);
        Assert.Equal((7, 2), (often.Turns, seldom.Turns));
    }

    [Fact]
    public async Task Review_TimerRunsAlready_TheNewOneHasItsFirstTickEarly()
    {
        FakeRound first = new(), late = new();
        _rounds.Add(first);
        IActorRef actor = await StartAsync();
        await AdvanceAsync(actor, s_second * 0.75);
        await AddAsync(actor, late);
        await AdvanceAsync(actor, s_second * 0.25);
        Assert.Equal((1, 1), (first.Turns, late.Turns));
        await AdvanceAsync(actor, s_second);
        Assert.Equal((2, 2), (first.Turns, late.Turns));
    }

    [Fact]
    public async Task Tick_LastPoolIsOver_EndsTheTimerUntilThereIsAnother()
    {
        FakeRound first = new(), next = new();
        _rounds.Add(first);
        IActorRef actor = await StartAsync();
        first.Over = true;
        await AdvanceAsync(actor, s_second);
        await AdvanceAsync(actor, s_second * 0.5);
        await AddAsync(actor, next);
        // A timer that had gone on would come now.
        await AdvanceAsync(actor, s_second * 0.5);
        Assert.Equal(0, next.Turns);
        await AdvanceAsync(actor, s_second * 0.5);
        Assert.Equal((0, 1), (first.Turns, next.Turns));
    }

    [Fact]
    public async Task Tick_RoundThatCannotBeginAnew_TheSuccessorGoesOnWithAll()
    {
        InvalidOperationException failure = new("on purpose");
        FakeRound faulty = new() { Failure = failure, FailureToRecover = failure }, other = new();
        _rounds.Add(faulty);
        _rounds.Add(other);
        IActorRef actor = await StartAsync();
        for (int second = 0; second < 20; second++)
            await AdvanceAsync(actor, s_second);
        Assert.Equal((20, 20), (faulty.Turns, other.Turns));
    }

    private async Task<IActorRef> StartAsync()
    {
        IActorRef actor = Sys.ActorOf(RoundsActor.Props(_rounds));
        await FenceAsync(actor);
        return actor;
    }

    private async Task AddAsync(IActorRef actor, FakeRound round)
    {
        Assert.True(_rounds.Add(round));
        actor.Tell(RoundsActor.Review.Instance, ActorRefs.NoSender);
        await FenceAsync(actor);
    }

    private async Task AdvanceAsync(IActorRef actor, TimeSpan by)
    {
        ((TestScheduler)Sys.Scheduler).Advance(by);
        await FenceAsync(actor);
    }

    // It has handled what it was told before.
    private static Task<ActorIdentity> FenceAsync(IActorRef actor) => Soon(actor.Ask<ActorIdentity>(new Identify("fence")));
}
