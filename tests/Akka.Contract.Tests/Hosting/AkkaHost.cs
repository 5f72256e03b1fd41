using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Akka.Contract.Tests.Hosting;

/// <summary>Real hosts with an actor system, and without any log provider but those that a test adds.</summary>
internal static class AkkaHost
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static IHost Create(Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? host = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        host?.Invoke(builder);
        builder.Services.AddAkka("hosted", akka);
        return builder.Build();
    }

    public static async Task<IHost> StartAsync(Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? host = null)
    {
        var created = Create(akka, host);
        await created.StartAsync().WaitAsync(Limit);
        return created;
    }

    public static ActorSystem System(this IHost host) => host.Services.GetRequiredService<ActorSystem>();

    public static async Task StopAndDisposeAsync(this IHost host)
    {
        await host.StopAsync().WaitAsync(Limit);
        host.Dispose();
    }

    /// <summary>Answers every message with itself.</summary>
    public sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
