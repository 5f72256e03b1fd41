using Akka.Hosting;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Hosting;

/// <summary>A host whose settings are wrong: it does not start, and who starts it learns of everything at once.</summary>
public sealed class HostSettingsTests
{
    [Fact]
    public async Task Start_TwoPoolsAlertsAndDiagnosisAreWrong_TellsAllOfIt()
    {
        using LogLines log = new();
        using IHost host = Build(log, """
            dispatcher {
              pool-defaults.grace = 0ms
              pools.one.concurrency = NaN
              pools.two.queue { capacity = { much = 1 }, full-policy = perhaps }
              alerts.max-open = -1
              diagnosis.every = 1d
              mailbox.capcity = 5
            }
            """);
        SettingsException wrong = await Assert.ThrowsAsync<SettingsException>(() => host.StartAsync());
        Assert.Equal(
            [
                "dispatcher.alerts.max-open = -1: expected a whole number from 1 to 100000",
                "dispatcher.diagnosis.every = 1d: expected a duration from 1s to 1h, or off",
                "dispatcher.mailbox.capcity: unknown setting; did you mean 'capacity'?",
                "dispatcher.pool-defaults.grace = 0ms: expected a duration from 1ms to 1h",
                "dispatcher.pools.one.concurrency = NaN: expected a whole number from 1 to 65536",
                "dispatcher.pools.one.tasks-per-key = 0: expected a whole number from 1 to 65536",
                "dispatcher.pools.two.queue.capacity = { much = 1 }: expected a whole number from 1 to 67108864",
                "dispatcher.pools.two.queue.full-policy = perhaps: expected one of refuse, wait, drop-oldest",
            ],
            wrong.Errors.Select(static error => error.ToString()).Order(StringComparer.Ordinal));
        Assert.Single(log.Lines, line => line == $"Pool one, two does not start: {wrong.Message}");
    }

    [Fact]
    public async Task Start_SettingsAreHardlyMeant_IsWarnedOfEachOnce()
    {
        using LogLines log = new();
        using IHost host = Build(log, "dispatcher.pools { one.contract.deadline = 5ms, on.grace = 1s }", keysAtATime: 1);
        await host.StartAsync();
        await host.StopAsync();
        Assert.Equal(
            [
                "Setting dispatcher.pools.on: there is no pool of this name: expected one of one, two; did you mean 'one'?",
                "Setting dispatcher.pools.one.contract.deadline = 5ms: noticed late, as looks are 10ms apart: expected at least deadline-resolution",
            ],
            log.Lines.Where(static line => line.StartsWith("Setting ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private static IHost Build(LogLines log, string hocon, int keysAtATime = 0)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<ILoggerFactory>(log).AddTaskDispatchers().AddAkka("test", akka => akka
            .AddHocon(hocon, HoconAddMode.Prepend)
            .WithTaskDispatcher("one", d => d.Set("tasks-per-key", keysAtATime).Handle<Work, string>(Work.HandleAsync))
            .WithTaskDispatcher("two", d => d.Handle<Work, string>(Work.HandleAsync)));
        return builder.Build();
    }
}
