using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Ties the life of an actor system to that of its host.</summary>
public class AkkaHostedService(
    AkkaConfigurationBuilder configurationBuilder, IServiceProvider serviceProvider, ILogger<AkkaHostedService> logger, IHostApplicationLifetime? applicationLifetime)
    : IHostedService
{
    protected ActorSystem? ActorSystem;
    protected CoordinatedShutdown? CoordinatedShutdown;
    protected readonly IServiceProvider ServiceProvider = serviceProvider;
    protected readonly AkkaConfigurationBuilder ConfigurationBuilder = configurationBuilder;
    protected readonly IHostApplicationLifetime? HostApplicationLifetime = applicationLifetime;
    protected readonly ILogger<AkkaHostedService> Logger = logger;

    /// <summary>Starts the system, its actors and the start-up tasks. A failure is logged, what runs already is shut down, and the host's start fails with it.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            ActorSystem = ServiceProvider.GetRequiredService<ActorSystem>();
            CoordinatedShutdown = CoordinatedShutdown.Get(ActorSystem);
            await ConfigurationBuilder.StartAsync(ActorSystem).ConfigureAwait(false);
            _ = StopHostWhenTerminatedAsync(ActorSystem, CoordinatedShutdown);
        }
        catch (Exception startError)
        {
            Logger.LogCritical(startError, "Unable to start the actor system, shutting down.");
            try
            {
                await StopAsync(CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception stopError)
            {
                // Logged here and not thrown: the start's error is the one that the host must see.
                Logger.LogError(stopError, "The shutdown after the failed start of the actor system failed too.");
            }
            throw;
        }
    }

    /// <summary>Runs the whole coordinated shutdown, whose phases have their own deadlines. Nothing happens where the system never started.</summary>
    public virtual async Task StopAsync(CancellationToken cancellationToken)
    {
        if (CoordinatedShutdown is not null) await CoordinatedShutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).ConfigureAwait(false);
    }

    private async Task StopHostWhenTerminatedAsync(ActorSystem system, CoordinatedShutdown shutdown)
    {
        await system.WhenTerminated.ConfigureAwait(false);
        // Whoever watches the process must be able to tell a node that its cluster threw out from one that was stopped.
        if (shutdown.ShutdownReason is CoordinatedShutdown.ClusterDowningReason or CoordinatedShutdown.ClusterLeavingReason) Environment.ExitCode = -1;
        HostApplicationLifetime?.StopApplication();
    }
}
