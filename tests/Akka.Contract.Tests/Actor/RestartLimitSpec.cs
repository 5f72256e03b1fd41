using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>"maxNrOfRetries = 0 stops at the first failure; a window with -1 retries allows one restart a window; without a window the count never resets."</summary>
public sealed class RestartLimitSpec : ContractSpec
{
    private const int Hour = 3_600_000;

    public static TheoryData<int, int, int> Limits => new()
    {
        // retries, window in ms, restarts that are allowed
        { 0, -1, 0 },
        { 0, Hour, 0 },
        { 1, -1, 1 },
        { 3, -1, 3 },
        { 3, Hour, 3 },
        { -1, Hour, 1 },
    };

    private async Task AssertRestartsAsync(IActorRef child, int restarts)
    {
        for (var restart = 0; restart < restarts; restart++)
        {
            child.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
            child.Tell(restart, TestActor);
            await ExpectMsgAsync(restart);
        }
    }

    private async Task AssertStopsAsync(IActorRef child)
    {
        await WatchNowAsync(child);
        child.Tell(new ContractException("once too often"), ActorRefs.NoSender);
        await ExpectTerminatedAsync(child, Patience);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task One_for_one_restarts_a_child_that_often_and_then_stops_it(int retries, int window, int restarts)
    {
        var supervisor = Supervise(new OneForOneStrategy(retries, window, _ => Directive.Restart));
        var child = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        await AssertRestartsAsync(child, restarts);
        await AssertStopsAsync(child);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task All_for_one_restarts_the_children_that_often_and_then_stops_them(int retries, int window, int restarts)
    {
        var supervisor = Supervise(new AllForOneStrategy(retries, window, _ => Directive.Restart));
        var child = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        var sibling = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        await AssertRestartsAsync(child, restarts);
        await WatchNowAsync(sibling);
        child.Tell(new ContractException("once too often"), ActorRefs.NoSender);
        await ExpectTerminatedAsync(sibling, Patience);
    }

    [Fact]
    public async Task Without_a_limit_there_is_no_last_restart()
    {
        var supervisor = Supervise(new OneForOneStrategy(_ => Directive.Restart));
        var child = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        await AssertRestartsAsync(child, 50);
    }

    [Fact]
    public async Task Each_child_has_a_count_of_its_own()
    {
        var supervisor = Supervise(new OneForOneStrategy(2, -1, _ => Directive.Restart));
        var first = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        var second = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        await AssertRestartsAsync(first, 2);
        await AssertRestartsAsync(second, 2);
        await AssertStopsAsync(first);
        await AssertStopsAsync(second);
    }

    [Fact]
    public async Task Resumes_are_not_counted()
    {
        var supervisor = Supervise(new OneForOneStrategy(0, -1, _ => Directive.Resume));
        var child = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        await AssertRestartsAsync(child, 10);
    }

    [Fact]
    public void Time_span_and_milliseconds_mean_the_same()
    {
        var strategy = new OneForOneStrategy(3, TimeSpan.FromSeconds(2), _ => Directive.Restart);
        Assert.Equal(3, strategy.MaxNumberOfRetries);
        Assert.Equal(2_000, strategy.WithinTimeRangeMilliseconds);
        var unlimited = new OneForOneStrategy(null, null, _ => Directive.Restart);
        Assert.Equal(-1, unlimited.MaxNumberOfRetries);
        Assert.Equal(-1, unlimited.WithinTimeRangeMilliseconds);
    }
}
