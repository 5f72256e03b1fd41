using Dispatcher.Actors.Diagnosis;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Rounds;
using Dispatcher.Actors.Routing;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Tests.Diagnosis;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Rounds;

/// <summary>What is done again and again for pools with nothing to do must leave nothing to collect: there may be a thousand of them.</summary>
public sealed class RestAllocationTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    // Until a pool without tasks is at rest: by then every estimate has come down to nothing.
    private const int TicksToRest = 60;

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(RoutingPolicy.CreditPull)]
    [InlineData(RoutingPolicy.RoundRobin)]
    public void Run_PoolsAtRest_AllocatesNothing(RoutingPolicy routing)
    {
        PoolRounds rounds = new();
        PoolCore[] cores = [Pool(routing), Pool(routing), Pool(routing)];
        foreach (PoolCore core in cores)
        {
            rounds.Add(new Autoscaler(core, null, static _ => { }));
            rounds.Add(new HeldThreads(core, s_second));
        }

        Assert.Equal([s_second], rounds.TakeAdded());
        for (int tick = 0; tick < TicksToRest; tick++)
            Tick(rounds);
        Assert.Equal(0, Least(() => Tick(rounds)));
        Assert.All(cores, static core => Assert.Empty(core.Decisions.ToList()));
    }

    [Fact]
    public void Look_NothingIsWrong_AllocatesNothingForAPool()
    {
        long one = Least(Looks(Watched(1))), many = Least(Looks(Watched(100)));
        Assert.Equal(one, many);
    }

    [Fact]
    public void Look_TaskThatIsNotLongYet_AllocatesNothing()
    {
        PoolCore core = Pool(RoutingPolicy.CreditPull);
        LongTasks tasks = new(DiagnosisSamples.Settings(), new WatchedPool(core, new PoolFigures(core)), _time);
        List<Symptom> symptoms = [];
        long allocated = -1;
        TaskRoute<string, int> route = TestCells.Route(core, (_, _) =>
        {
            tasks.Look(symptoms);
            tasks.Look(symptoms);
            allocated = Least(() => tasks.Look(symptoms));
            return new ValueTask<int>(0);
        });
        Assert.True(route.TrySubmit("task", null));
        core.Slots[0].RunTurn();
        Assert.Equal(0, allocated);
        Assert.Empty(symptoms);
    }

    private PoolCore Pool(RoutingPolicy routing)
    {
        PoolCore core = TestCells.Core(TestCells.Settings with { Routing = routing, Scaling = Tests.Scaling.Samples.Defaults }, _time);
        core.Open();
        core.Slots.TryTake()!.Man(new Deaf());
        return core;
    }

    private Watchdog Watched(int pools)
    {
        Watchdog watchdog = new(DiagnosisSamples.Settings(), null, _time);
        for (int i = 0; i < pools; i++)
        {
            PoolCore core = Pool(RoutingPolicy.CreditPull);
            watchdog.Add(new WatchedPool(core, new PoolFigures(core)));
        }

        return watchdog;
    }

    private Action Looks(Watchdog watchdog) => () =>
    {
        _time.Advance(DiagnosisSamples.Every);
        Assert.NotNull(watchdog.Look());
    };

    private void Tick(PoolRounds rounds)
    {
        _time.Advance(s_second);
        rounds.Run(s_second);
    }

    // The least of several: the first time makes what stays.
    private static long Least(Action act)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            act();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
