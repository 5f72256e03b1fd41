using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.TestKit;

namespace Akka.Contract.Tests.Shutdown;

/// <summary>Phases, their order, their tasks, failures and time-outs. In virtual time, on a system that outlives its shutdown.</summary>
public sealed class CoordinatedShutdownSpec : ContractSpec
{
    private const string Config = """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.coordinated-shutdown {
          terminate-actor-system = off
          run-by-actor-system-terminate = off
          run-by-clr-shutdown-hook = off
          phases {
            service-stop.timeout = 7s
            strict { recover = off, timeout = 3s, depends-on = [before-service-unbind] }
            after-strict { depends-on = [strict] }
          }
        }
        """;

    private static readonly string[] s_documentedOrder =
    [
        CoordinatedShutdown.PhaseBeforeServiceUnbind,
        CoordinatedShutdown.PhaseServiceUnbind,
        CoordinatedShutdown.PhaseServiceRequestsDone,
        CoordinatedShutdown.PhaseServiceStop,
        CoordinatedShutdown.PhaseBeforeClusterShutdown,
        CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
        CoordinatedShutdown.PhaseClusterLeave,
        CoordinatedShutdown.PhaseClusterExiting,
        CoordinatedShutdown.PhaseClusterExitingDone,
        CoordinatedShutdown.PhaseClusterShutdown,
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        CoordinatedShutdown.PhaseActorSystemTerminate,
    ];

    private readonly ConcurrentQueue<string> _ran = new();

    public CoordinatedShutdownSpec() : base(Config)
    {
    }

    private CoordinatedShutdown Coordinated => CoordinatedShutdown.Get(Sys);

    private static CoordinatedShutdown.Reason Reason => CoordinatedShutdown.UnknownReason.Instance;

    private Task<Done> RunAsync(string? fromPhase = null) => Coordinated.Run(Reason, fromPhase).WaitAsync(Patience);

    private void AddRecorder(string phase) => Coordinated.AddTask(phase, phase, () =>
    {
        _ran.Enqueue(phase);
        return Task.FromResult(Done.Instance);
    });

    private static Task<Done> Never() => new TaskCompletionSource<Done>().Task;

    [Fact]
    public async Task Phases_run_in_the_documented_order()
    {
        foreach (var phase in s_documentedOrder.Reverse()) AddRecorder(phase);
        await RunAsync();
        Assert.Equal(s_documentedOrder, _ran);
    }

    [Fact]
    public async Task Run_from_a_phase_leaves_out_those_before_it()
    {
        foreach (var phase in s_documentedOrder) AddRecorder(phase);
        await RunAsync(CoordinatedShutdown.PhaseClusterShutdown);
        Assert.Equal(s_documentedOrder[^3..], _ran);
    }

    [Fact]
    public async Task Tasks_of_a_phase_run_together_and_the_next_phase_waits_for_all()
    {
        var started = new TaskCompletionSource<Done>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The first can only end because the second has begun.
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "waits", async () =>
        {
            await started.Task;
            _ran.Enqueue("waits");
            return Done.Instance;
        });
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "starts", () =>
        {
            started.SetResult(Done.Instance);
            return Task.FromResult(Done.Instance);
        });
        AddRecorder(CoordinatedShutdown.PhaseServiceStop);

        await RunAsync();
        Assert.Equal(["waits", CoordinatedShutdown.PhaseServiceStop], _ran);
    }

    [Fact]
    public async Task Failing_tasks_do_not_stop_the_shutdown()
    {
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "throws", () => throw new ContractException("at once"));
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails", () => Task.FromException<Done>(new ContractException("later")));
        AddRecorder(CoordinatedShutdown.PhaseServiceUnbind);
        AddRecorder(CoordinatedShutdown.PhaseServiceStop);

        await RunAsync();
        Assert.Equal([CoordinatedShutdown.PhaseServiceUnbind, CoordinatedShutdown.PhaseServiceStop], _ran);
    }

    [Fact]
    public async Task Failing_task_of_a_phase_without_recover_ends_the_shutdown()
    {
        Coordinated.AddTask("strict", "fails", () => Task.FromException<Done>(new ContractException("on purpose")));
        AddRecorder("after-strict");

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync("strict"));
        Assert.IsType<ContractException>(failure.GetBaseException());
        Assert.DoesNotContain("after-strict", _ran);
    }

    [Fact]
    public async Task Phase_that_takes_too_long_is_left_behind()
    {
        var begun = AddEndlessTask(CoordinatedShutdown.PhaseServiceStop);
        AddRecorder(CoordinatedShutdown.PhaseBeforeClusterShutdown);
        var run = RunAsync();

        await begun.WaitAsync(Patience);
        Assert.False(run.IsCompleted);
        await AdvanceUntilEndAsync(run, TimeSpan.FromSeconds(7));
        await run;
        Assert.Equal([CoordinatedShutdown.PhaseBeforeClusterShutdown], _ran);
    }

    [Fact]
    public async Task Phase_without_recover_that_takes_too_long_ends_the_shutdown()
    {
        var begun = AddEndlessTask("strict");
        var run = RunAsync("strict");
        await begun.WaitAsync(Patience);
        await AdvanceUntilEndAsync(run, TimeSpan.FromSeconds(3));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => run);
        Assert.IsType<TimeoutException>(failure.GetBaseException());
    }

    /// <summary>Ends when the task, which itself never ends, has begun.</summary>
    private Task AddEndlessTask(string phase)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Coordinated.AddTask(phase, "endless", () =>
        {
            begun.SetResult();
            return Never();
        });
        return begun.Task;
    }

    // Only time advances: that the phase's clock starts a moment after its tasks must not matter.
    private Task AdvanceUntilEndAsync(Task run, TimeSpan timeout) => AwaitConditionAsync(() =>
    {
        ((TestScheduler)Sys.Scheduler).Advance(timeout);
        return run.IsCompleted;
    });

    [Fact]
    public async Task Shutdown_runs_once_for_the_first_reason()
    {
        AddRecorder(CoordinatedShutdown.PhaseServiceStop);
        Assert.Null(Coordinated.ShutdownReason);

        var first = Coordinated.Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        var second = Coordinated.Run(CoordinatedShutdown.ClrExitReason.Instance);
        await first.WaitAsync(Patience);
        await second.WaitAsync(Patience);

        Assert.Single(_ran);
        Assert.Same(CoordinatedShutdown.ClusterLeavingReason.Instance, Coordinated.ShutdownReason);
    }

    [Fact]
    public async Task Task_may_be_added_to_a_later_phase_while_the_shutdown_runs()
    {
        Coordinated.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "adds", () =>
        {
            AddRecorder(CoordinatedShutdown.PhaseServiceStop);
            return Task.FromResult(Done.Instance);
        });
        await RunAsync();
        Assert.Equal([CoordinatedShutdown.PhaseServiceStop], _ran);
    }

    [Fact]
    public void Time_of_all_phases_with_tasks_is_summed()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), Coordinated.Timeout(CoordinatedShutdown.PhaseServiceUnbind));
        Assert.Equal(TimeSpan.FromSeconds(10), Coordinated.Timeout(CoordinatedShutdown.PhaseClusterExiting));
        var before = Coordinated.TotalTimeout;
        AddRecorder(CoordinatedShutdown.PhaseServiceUnbind);
        AddRecorder(CoordinatedShutdown.PhaseServiceStop);
        Assert.Equal(TimeSpan.FromSeconds(12), Coordinated.TotalTimeout - before);
    }

    [Fact]
    public void Unknown_phases_are_refused()
    {
        Assert.Throws<ConfigurationException>(() => Coordinated.AddTask("no-such-phase", "task", Never));
        Assert.Throws<ArgumentException>(() => Coordinated.Timeout("no-such-phase"));
    }

    [Fact]
    public async Task Phases_that_depend_on_each_other_in_a_circle_are_refused()
    {
        const string circle = """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.coordinated-shutdown.phases { one.depends-on = [two], two.depends-on = [one] }
            """;
        ActorSystem? system = null;
        var refusal = Xunit.Record.Exception(() =>
        {
            system = ActorSystem.Create("circle", ConfigurationFactory.ParseString(circle).WithFallback(ConfigurationFactory.ParseString(Config)));
            CoordinatedShutdown.Get(system);
        });

        Assert.IsType<ArgumentException>(refusal?.GetBaseException());
        if (system is not null) await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task Terminate_runs_the_shutdown()
    {
        var system = ActorSystem.Create("terminated", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var shutdown = CoordinatedShutdown.Get(system);
        var ran = false;
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "ran", () =>
        {
            ran = true;
            return Task.FromResult(Done.Instance);
        });

        await system.Terminate().WaitAsync(Patience);
        Assert.True(ran);
        Assert.Same(CoordinatedShutdown.ActorSystemTerminateReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Last_phase_terminates_the_system()
    {
        var system = ActorSystem.Create("shut-down", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var aliveInPhaseBefore = false;
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "looks", () =>
        {
            aliveInPhaseBefore = !system.WhenTerminated.IsCompleted;
            return Task.FromResult(Done.Instance);
        });

        await shutdown.Run(Reason).WaitAsync(Patience);
        Assert.True(aliveInPhaseBefore);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Terminate_without_the_end_of_the_system_cannot_be_configured()
    {
        Assert.Throws<ConfigurationException>(() => ActorSystem.Create(
            "impossible", "akka.coordinated-shutdown { terminate-actor-system = off, run-by-actor-system-terminate = on }"));
    }
}
