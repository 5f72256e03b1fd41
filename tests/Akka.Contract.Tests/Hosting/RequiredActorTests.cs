using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Contract.Tests.Hosting;

/// <summary>Actors injected by key.</summary>
public sealed class RequiredActorTests
{
    [Fact]
    public async Task ActorRef_OfStartedHost_IsTheRegisteredActor()
    {
        var host = await AkkaHost.StartAsync(
            akka => akka.WithActors((system, registry) => registry.Register<Key>(system.ActorOf(Props.Create<AkkaHost.Echo>(), "echo"))),
            builder => builder.Services.AddSingleton<Consumer>());

        var consumer = host.Services.GetRequiredService<Consumer>();
        Assert.Equal("echo", consumer.Actor.ActorRef.Path.Name);
        Assert.Equal(7, await consumer.Actor.ActorRef.Ask<int>(7, AkkaHost.Limit));
        Assert.Same(consumer.Actor.ActorRef, await consumer.Actor.GetAsync());
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task ActorRef_NotRegistered_Throws()
    {
        var host = await AkkaHost.StartAsync(_ => { });
        var required = host.Services.GetRequiredService<IRequiredActor<Key>>();
        Assert.Throws<MissingActorRegistryEntryException>(() => required.ActorRef);
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task GetAsync_BeforeTheHostStarts_WaitsForTheActor()
    {
        var host = AkkaHost.Create(akka => akka.WithActors((system, registry) => registry.Register<Key>(system.ActorOf(Props.Create<AkkaHost.Echo>()))));
        var required = host.Services.GetRequiredService<IRequiredActor<Key>>();
        var waiting = required.GetAsync();
        Assert.False(waiting.IsCompleted);

        await host.StartAsync().WaitAsync(AkkaHost.Limit);
        var actor = await waiting.WaitAsync(AkkaHost.Limit);
        Assert.Same(actor, required.ActorRef);
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task ActorRef_AfterOverwrite_IsStillTheFirst()
    {
        var host = await AkkaHost.StartAsync(
            akka => akka.WithActors((system, registry) => registry.Register<Key>(system.ActorOf(Props.Create<AkkaHost.Echo>(), "first"))));
        var required = host.Services.GetRequiredService<IRequiredActor<Key>>();
        var first = required.ActorRef;

        host.Services.GetRequiredService<IActorRegistry>().Register<Key>(host.System().ActorOf(Props.Create<AkkaHost.Echo>(), "second"), overwrite: true);
        Assert.Same(first, required.ActorRef);
        await host.StopAndDisposeAsync();
    }

    private sealed class Key;

    private sealed class Consumer(IRequiredActor<Key> actor)
    {
        public IRequiredActor<Key> Actor { get; } = actor;
    }
}
