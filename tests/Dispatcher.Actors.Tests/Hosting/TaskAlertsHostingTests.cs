using Akka.Actor;
using Akka.Hosting;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dispatcher.Actors.Tests.Hosting;

public sealed class TaskAlertsHostingTests
{
    [Fact]
    public async Task WithTaskAlerts_WhereverItStands_SetsWhatThePoolsOfTheSystemDo()
    {
        using IHost host = MakeHost(akka => akka
            .WithTaskDispatcher("one", d => d.Workers(1).Handle<Work, string>((_, _) => throw new IOException("disk")))
            .WithTaskDispatcher("two", d => d.Workers(1).Handle<Work, string>(Work.HandleAsync))
            .WithTaskAlerts(alerts => alerts.OnFailureOf<Work>(AlertLevel.P0)));
        await host.StartAsync();
        TaskCompletionSource<Alert> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ActorSystem system = host.Services.GetRequiredService<ActorSystem>();
        system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Hearer(first))), typeof(Alert));
        await host.Services.GetRequiredKeyedService<ITaskDispatcher>("one").RunAsync(new Work("a"));
        Alert alert = await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((AlertLevel.P0, "one", "failures-of-Work"), (alert.Level, alert.Pool, alert.Rule));
        ITaskDiagnosis diagnosis = host.Services.GetRequiredService<ITaskDiagnosis>();
        Assert.True(diagnosis.GetRuntime().Threads > 0);
        Assert.DoesNotContain(diagnosis.GetFindings(), finding => finding.Pool != null);
        await host.StopAsync();
    }

    [Fact]
    public async Task WithTaskAlerts_SettingThatCannotBe_FailsTheHostsStart()
    {
        using IHost host = MakeHost(akka => akka
            .WithTaskAlerts(alerts => alerts.SetDiagnosis("queue.looks", 0))
            .WithTaskDispatcher("one", d => d.Handle<Work, string>(Work.HandleAsync)));
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains("dispatcher.diagnosis.queue.looks = 0: expected a whole number from 2 to 1000", (thrown.GetBaseException() as SettingsException)?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithTaskAlerts_Twice_IsRefused()
    {
        using IHost host = MakeHost(akka => akka.WithTaskAlerts(_ => { }).WithTaskAlerts(_ => { }));
        Assert.ThrowsAny<Exception>(() => host.Services.GetRequiredService<AkkaConfigurationBuilder>());
    }

    private static IHost MakeHost(Action<AkkaConfigurationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("alerts-test", akka => configure(akka)).AddTaskDispatchers();
        return builder.Build();
    }

    private sealed class Hearer : ReceiveActor
    {
        public Hearer(TaskCompletionSource<Alert> first) => Receive<Alert>(alert => first.TrySetResult(alert));
    }
}
