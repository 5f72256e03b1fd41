using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Contract.Tests.Hosting;

/// <summary>How an actor system starts, fails and stops together with its host.</summary>
public sealed class HostLifecycleTests
{
    [Fact]
    public async Task Start_RunsStartersThenStartupTasksInOrder()
    {
        var steps = new List<string>();
        var host = await AkkaHost.StartAsync(akka => akka
            .AddStartup((_, _) => steps.Add("task 1"))
            .WithActors((_, _) => steps.Add("actors 1"))
            .AddStartup(async (_, _) =>
            {
                await Task.Yield();
                steps.Add("task 2");
            })
            .WithActors(async (_, _) =>
            {
                await Task.Yield();
                steps.Add("actors 2");
            })
            .WithActors((_, _, _) => steps.Add("actors 3")));

        Assert.Equal(["actors 1", "actors 2", "actors 3", "task 1", "task 2"], steps);
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task Start_GivesStartersTheSystemItsRegistryAndItsContainer()
    {
        ActorSystem? started = null;
        IActorRegistry? registered = null;
        IDependencyResolver? resolved = null;
        var host = await AkkaHost.StartAsync(akka => akka.WithActors((system, registry, resolver) =>
        {
            (started, registered, resolved) = (system, registry, resolver);
            return Task.CompletedTask;
        }));

        Assert.Equal("hosted", host.System().Name);
        Assert.Same(host.System(), started);
        Assert.Same(host.Services.GetRequiredService<ActorRegistry>(), registered);
        Assert.Same(registered, host.Services.GetRequiredService<IActorRegistry>());
        Assert.Same(registered, host.Services.GetRequiredService<IReadOnlyActorRegistry>());
        Assert.Same(host.System(), resolved!.GetService<ActorSystem>());
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task Start_ConfiguredWithServices_GetsTheHostsContainer()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(new Setting("debug-marker"));
        builder.Services.AddAkka("hosted", (akka, services) => akka.AddHocon($"marker = {services.GetRequiredService<Setting>().Text}", HoconAddMode.Append));
        var host = builder.Build();
        await host.StartAsync().WaitAsync(AkkaHost.Limit);

        Assert.Equal("debug-marker", host.System().Settings.Config.GetString("marker"));
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task Start_FailingStarter_FailsTheHostsStartAndTerminatesTheSystem()
    {
        var log = new CapturingLoggerProvider();
        ActorSystem? system = null;
        var host = AkkaHost.Create(
            akka => akka.WithActors((started, _) => system = started).AddStartup((_, _) => throw new InvalidTimeZoneException("start-up failed")),
            builder => builder.Logging.AddProvider(log));

        var error = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => host.StartAsync().WaitAsync(AkkaHost.Limit));
        Assert.Equal("start-up failed", error.Message);
        await system!.WhenTerminated.WaitAsync(AkkaHost.Limit);
        var entry = await log.FirstAsync(entry => entry.Level == LogLevel.Critical && entry.Category == typeof(AkkaHostedService).FullName);
        Assert.Same(error, entry.Exception);
        host.Dispose();
    }

    [Fact]
    public async Task Start_FailingConfiguration_FailsTheHostsStart()
    {
        var host = AkkaHost.Create(_ => throw new InvalidTimeZoneException("configuration failed"));
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => host.StartAsync().WaitAsync(AkkaHost.Limit));
        host.Dispose();
    }

    [Fact]
    public async Task Stop_RunsCoordinatedShutdownAndTerminatesTheSystem()
    {
        var phases = new List<string>();
        var host = await AkkaHost.StartAsync(akka => akka.WithActors((system, _) =>
        {
            var shutdown = CoordinatedShutdown.Get(system);
            foreach (var phase in (string[])[CoordinatedShutdown.PhaseServiceStop, CoordinatedShutdown.PhaseBeforeServiceUnbind])
            {
                shutdown.AddTask(phase, "note", () =>
                {
                    phases.Add(phase);
                    return Task.FromResult(Done.Instance);
                });
            }
        }));
        var system = host.System();

        await host.StopAsync().WaitAsync(AkkaHost.Limit);
        Assert.Equal([CoordinatedShutdown.PhaseBeforeServiceUnbind, CoordinatedShutdown.PhaseServiceStop], phases);
        Assert.IsType<CoordinatedShutdown.ClrExitReason>(CoordinatedShutdown.Get(system).ShutdownReason);
        await system.WhenTerminated.WaitAsync(AkkaHost.Limit);
        host.Dispose();
    }

    [Fact]
    public async Task Terminate_StopsTheApplication()
    {
        var host = await AkkaHost.StartAsync(_ => { });
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await host.System().Terminate().WaitAsync(AkkaHost.Limit);
        await stopping.Task.WaitAsync(AkkaHost.Limit);
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task AddAkka_OwnHostedService_RunsThatOne()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAkka<OwnHostedService>("hosted", (_, _) => { });
        var host = builder.Build();
        await host.StartAsync().WaitAsync(AkkaHost.Limit);

        var own = Assert.IsType<OwnHostedService>(Assert.Single(host.Services.GetServices<IHostedService>(), service => service is AkkaHostedService));
        Assert.Same(host.System(), own.Started);
        await host.StopAndDisposeAsync();
    }

    private sealed record Setting(string Text);

    private sealed class OwnHostedService(
        AkkaConfigurationBuilder configurationBuilder, IServiceProvider serviceProvider, ILogger<AkkaHostedService> logger, IHostApplicationLifetime lifetime)
        : AkkaHostedService(configurationBuilder, serviceProvider, logger, lifetime)
    {
        public ActorSystem? Started { get; private set; }

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await base.StartAsync(cancellationToken);
            Started = ActorSystem;
        }
    }
}
