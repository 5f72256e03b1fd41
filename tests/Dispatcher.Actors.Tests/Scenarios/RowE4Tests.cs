using System.Diagnostics;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Alerts;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row E4, error classes and alerts (article 4/4.4): P0, P1 and P2 errors with response targets of 2 min, 15 min and 1 h, routed to channels (log, webhook), like
/// ones as one.
/// </summary>
public sealed class RowE4Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly LogRecorder _log = new();
    private readonly ServiceProvider _services;

    public RowE4Tests() => _services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();

    [Fact]
    public async Task Errors_OfEachLevel_AreAlertsWithTheirTimeToRespond()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Alert));
        ITaskDispatcher pool = StartPool(d => d.Workers(2).Handle<Work, string>(Work.HandleDeafAsync).Handle<Throw, int>((task, _) => throw task.Error!), services: _services).Dispatcher;
        DateTimeOffset start = Time.GetUtcNow();
        await pool.RunAsync(new Throw(new InsufficientMemoryException("all is used")));
        Verify(ExpectMsg<Alert>(), AlertLevel.P0, 2, "Throw failed in attempt 1: InsufficientMemoryException: all is used", LogLevel.Critical);
        await pool.RunAsync(new Throw(new TimeoutException("slow")));
        Verify(ExpectMsg<Alert>(), AlertLevel.P2, 60, "Throw failed in attempt 1: TimeoutException: slow", LogLevel.Warning);
        Work stuck = new("a");
        TaskHandle<string> handle = await pool.SubmitAsync(stuck);
        await stuck.Started;
        handle.TryCancel("test");
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        start = Time.GetUtcNow();
        Assert.Equal(OutcomeKind.Abandoned, (await handle.Outcome).Kind);
        Verify(ExpectMsg<Alert>(), AlertLevel.P1, 15, $"Work {handle.Id} was abandoned: its handler did not stop within 00:00:05 of being asked to", LogLevel.Error);

        void Verify(Alert alert, AlertLevel level, int minutes, string text, LogLevel severity)
        {
            Assert.Equal((AlertState.Raised, level, text, "test"), (alert.State, alert.Level, alert.Text, alert.Pool));
            Assert.Equal(start + (minutes * s_minute), alert.RespondBy);
            LogEntry entry = _log.Entries.Last(entry => entry.Id == 1101);
            Assert.Equal((severity, level, text, alert.RespondBy), (entry.Level, entry["Level"], entry["Text"], entry["RespondBy"]));
        }
    }

    [Fact]
    public async Task Errors_AStormOfLikeOnes_IsOneAlertAndOneSummaryWithTheirNumber()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Alert));
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Set("supervision.backoff-after", 1_000_000).Handle<Throw, int>((task, _) => throw task.Error!)).Dispatcher;
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        for (int i = 0; i < 1000; i++)
            await pool.RunAsync(new Throw(new IOException($"{i}")));
        Alert first = ExpectMsg<Alert>();
        Assert.Equal((AlertState.Raised, 1L, "IOException", "Throw"), (first.State, first.Count, first.ErrorClass, first.Subject));
        ExpectNoMsg(TimeSpan.Zero);
        await AdvanceAsync(5 * s_minute);
        Alert summary = ExpectMsg<Alert>();
        Assert.Equal((AlertState.Repeated, 1000L), (summary.State, summary.Count));
        await AdvanceAsync(20 * s_minute);
        ExpectNoMsg(TimeSpan.Zero);
        await pool.RunAsync(new Throw(new IOException("again")));
        Assert.Equal((AlertState.Raised, 1L), (ExpectMsg<Alert>().State, 1L));
    }

    [Fact]
    public async Task Breaker_OpensAndCloses_IsAnAlertThatEnds()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Alert));
        Sys.UseTaskAlerts(alerts => alerts.OnFailure("failures", null));
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Breaker("quick").Handle<Throw, int>((task, _) => task.Error == null ? new ValueTask<int>(1) : throw task.Error!)).Dispatcher;
        for (int i = 0; i < 10; i++)
            await pool.RunAsync(new Throw(new IOException()));
        Alert open = ExpectMsg<Alert>();
        Assert.Equal((AlertState.Raised, AlertEvent.BreakerOpen, AlertLevel.P1, "Throw"), (open.State, open.Event, open.Level, open.Subject));
        await AdvanceAsync(s_minute);
        await pool.RunAsync(new Throw(null));
        Alert closed = ExpectMsg<Alert>();
        Assert.Equal((AlertState.Ended, AlertEvent.BreakerOpen, open.FirstAt), (closed.State, closed.Event, closed.FirstAt));
    }

    [Fact]
    public async Task PoolThatGivesItselfUp_IsAnAlertOfTheHighestLevel()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Alert));
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Set("supervision.escalate-on", "IOException").Handle<Throw, int>((task, _) => throw task.Error!)).Dispatcher;
        await pool.RunAsync(new Throw(new IOException("gone")));
        Alert[] alerts = [ExpectMsg<Alert>(), ExpectMsg<Alert>()];
        Alert gone = alerts.Single(alert => alert.Event == AlertEvent.PoolGaveUp);
        Assert.Equal((AlertLevel.P0, "pool test has stopped, a worker's failure cannot be healed by it: IOException: gone"), (gone.Level, gone.Text));
    }

    [Fact]
    public async Task Webhook_HangsAndThenAnswers_HoldsUpNoTaskAndGetsTheAlert()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        TaskCompletionSource<bool> answers = new();
        receiver.Answer = (_, _) => answers.Task;
        Sys.UseTaskAlerts(alerts => alerts.Webhook(receiver.Url).OnFailureOf<Throw>(AlertLevel.P0));
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Throw, int>((task, _) => throw task.Error!)).Dispatcher;
        for (int i = 0; i < 50; i++)
            Assert.Equal(OutcomeKind.Failed, (await pool.RunAsync(new Throw(new IOException("disk")))).Kind);
        await Pools[0].AwaitAsync(_ => receiver.Posts == 1);
        Assert.Empty(receiver.Bodies);
        answers.SetResult(true);
        await Pools[0].AwaitAsync(_ => receiver.Bodies.Count == 1);
        Assert.Equal(("P0", "Throw"), (receiver.Bodies.Single().GetProperty("level").GetString(), receiver.Bodies.Single().GetProperty("subject").GetString()));
    }

    [Fact]
    public void Alerts_OffOrWithoutARuleForTasks_AreNotAskedByThePool()
    {
        Assert.NotNull(AlarmOf(Sys));
        Assert.Null(AlarmWith("enabled = off"));
        Assert.Null(AlarmWith("rules { memory.level = none, construction.level = none, down.on = [threads-starved], failures.level = none, lasting.on = [heap-grows] }"));

        IPoolAlarm? AlarmWith(string hocon)
        {
            using Akka.Actor.ActorSystem system = Akka.Actor.ActorSystem.Create(
                "off", Akka.Configuration.ConfigurationFactory.ParseString($"dispatcher {{ diagnosis.every = off, alerts {{ {hocon} }} }}").WithFallback(ReferenceConfig.Value));
            return AlarmOf(system);
        }

        static IPoolAlarm? AlarmOf(Akka.Actor.ActorSystem system) =>
            ((TaskDispatcher)system.StartTaskDispatcher("p", d => d.Handle<Work, string>(Work.HandleAsync))).Core!.TaskLog.Alarm;
    }

    [Fact]
    public async Task Failure_MessageThrows_TheOutcomeAndTheAlertAreThereAllTheSame()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Alert));
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Throw, int>((task, _) => throw task.Error!)).Dispatcher;
        Assert.Equal(OutcomeKind.Failed, (await pool.RunAsync(new Throw(new Hostile()))).Kind);
        Assert.Equal("Throw failed in attempt 1: Hostile: (its message threw NotSupportedException)", ExpectMsg<Alert>().Text);
    }

    [Fact]
    public void Settings_ThatCannotBe_FailTheStart()
    {
        Sys.UseTaskAlerts(alerts => alerts.Webhook(new Uri("ftp://host/secret")).Set("window", TimeSpan.Zero));
        SettingsException thrown = Assert.Throws<SettingsException>(() => StartPool(d => d.Handle<Work, string>(Work.HandleAsync)));
        Assert.Equal(
            ["dispatcher.alerts.window = 0ms: expected a duration from 1s to 24h", "dispatcher.alerts.webhook.url = ...: expected an absolute URL with http or https, without user and fragment, or off"],
            thrown.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void UseTaskAlerts_AfterTheFirstPoolOrTwice_IsRefused()
    {
        Sys.UseTaskAlerts(_ => { });
        Assert.Throws<InvalidOperationException>(() => Sys.UseTaskAlerts(_ => { }));
        StartPool(d => d.Handle<Work, string>(Work.HandleAsync));
        Assert.Throws<InvalidOperationException>(() => Sys.UseTaskAlerts(_ => { }));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _services.Dispose();
    }

    private sealed record Throw(Exception? Error) : ITask<int>;

    private sealed class Hostile : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
