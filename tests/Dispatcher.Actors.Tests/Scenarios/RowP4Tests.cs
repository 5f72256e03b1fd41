using Akka.Actor;
using Akka.Hosting;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>P4, the stop in three phases: refuse new work, finish what runs, release resources. Bounded by a deadline; what did not finish is named.</summary>
public sealed class RowP4Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    // How often a pool that drains looks whether it is done.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly LogLines _log = new();

    [Fact]
    public async Task Stop_HandlersFinish_NewWorkIsRefusedNothingIsLostAndItWaitsNoLonger()
    {
        TestPool pool = Start(2);
        Work[] works = [.. Enumerable.Range(0, 10).Select(i => new Work($"{i}"))];
        OutcomeProbe<string> probe = CreateOutcomeProbe<string>();
        foreach (Work work in works)
            probe.Watch(pool.Dispatcher.RunAsync(work));
        await pool.AwaitAsync(s => s is { Running: 2, Queued: 8 });

        Task stop = await BeginStopAsync(pool);
        TaskOutcome<string> late = await pool.Dispatcher.RunAsync(new Work("late"));
        foreach (Work work in works)
            work.Finish();
        await pool.AwaitAsync(s => s.Completed == works.Length);
        await AdvanceAsync(s_look);
        await stop.WaitAsync(s_patience);

        Assert.Equal(new Rejected(RejectReason.Draining, null), late.Detail);
        for (int i = 0; i < works.Length; i++)
            await probe.ExpectCompletedAsync();
        PoolSnapshot end = pool.Dispatcher.Snapshot();
        Assert.Equal((PoolPhase.Stopped, 0, 10L, 1L), (end.Phase, end.Workers, end.Completed, end.Rejected));
        Assert.Equal(new Rejected(RejectReason.Stopped, null), (await pool.Dispatcher.RunAsync(new Work("after"))).Detail);
        Assert.Contains("Pool test has drained; 0 task(s) did not finish", _log.Lines);
    }

    [Fact]
    public async Task Stop_AHandlerIgnoresItsToken_EndsWhenItsTimeIsOverAndNamesTheTask()
    {
        TestPool pool = Start(1, deaf: true);
        Work deaf = new("deaf");
        TaskHandle<string> running = await pool.Dispatcher.SubmitAsync(deaf);
        TaskHandle<string> queued = await pool.Dispatcher.SubmitAsync(new Work("queued"));
        await deaf.Started;

        Task stop = await BeginStopAsync(pool);
        await AdvanceAsync(5 * s_second);
        // The time to finish is over: what has not started never will, and the handler is asked to stop.
        Assert.Equal(new Rejected(RejectReason.Stopped, null), (await queued.Outcome.WaitAsync(s_patience)).Detail);
        Assert.False(running.Outcome.IsCompleted);
        await AdvanceAsync(2 * s_second);
        await stop.WaitAsync(s_patience);

        Assert.Equal(new Abandoned("the pool stopped and its handler did not"), (await running.Outcome).Detail);
        Assert.Equal(7 * s_second, Time.Elapsed);
        Assert.Contains("Pool test has drained; 1 task(s) did not finish", _log.Lines);
        Assert.Contains($"Pool test: Work {running.Id} was abandoned by the stop", _log.Lines);
    }

    [Fact]
    public async Task Stop_AHandlerHeedsItsToken_ItsTaskIsCancelledWhenTheTimeToFinishIsOver()
    {
        TestPool pool = Start(1);
        Work running = new("running");
        TaskHandle<string> handle = await pool.Dispatcher.SubmitAsync(running);
        await running.Started;

        Task stop = await BeginStopAsync(pool);
        await AdvanceAsync(5 * s_second);
        Assert.Equal(new Cancelled("drain"), (await handle.Outcome.WaitAsync(s_patience)).Detail);
        await AdvanceAsync(s_look);
        await stop.WaitAsync(s_patience);
    }

    [Fact]
    public async Task HostStops_AHandlerIgnoresItsToken_EndsInsideTheHostsTimeAndNamesTheTask()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddProvider(_log);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_patience);
        builder.Services.AddTaskDispatchers().AddAkka("test", akka => akka.WithTaskDispatcher("work", d => d
            .Workers(1).Set("drain-timeout", 0.05 * s_second).Set("grace", 0.05 * s_second).Handle<Work, string>(Work.HandleDeafAsync)));
        using IHost host = builder.Build();
        await host.StartAsync();
        ITaskDispatcher pool = host.Services.GetRequiredService<ITaskDispatcher>();
        Work deaf = new("deaf");
        TaskHandle<string> handle = await pool.SubmitAsync(deaf);
        await deaf.Started;

        // Throws when the host's time is over.
        await host.StopAsync();

        Assert.IsType<Abandoned>((await handle.Outcome.WaitAsync(s_patience)).Detail);
        Assert.Equal(PoolPhase.Stopped, pool.Snapshot().Phase);
        Assert.Contains($"Pool work: Work {handle.Id} was abandoned by the stop", _log.Lines);
    }

    private TestPool Start(int workers, bool deaf = false) => StartPool(
        d => d
            .Workers(workers).Set("drain-timeout", 5 * s_second).Set("grace", 2 * s_second)
            .Handle<Work, string>(deaf ? Work.HandleDeafAsync : Work.HandleAsync),
        services: new ServiceCollection().AddSingleton<ILoggerFactory>(_log).BuildServiceProvider());

    // Returns when the pool's actor drains: its next look is due then.
    private async Task<Task> BeginStopAsync(TestPool pool)
    {
        Task stop = CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await pool.AwaitAsync(s => s.Phase == PoolPhase.Draining && Time.NextTimer <= s_look);
        return stop;
    }
}
