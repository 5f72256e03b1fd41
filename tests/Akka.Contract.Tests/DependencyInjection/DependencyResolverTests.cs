using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Contract.Tests.DependencyInjection;

/// <summary>Actors made through a container.</summary>
public sealed class DependencyResolverTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Microsoft.Extensions.DependencyInjection.ServiceProvider _services = new ServiceCollection()
        .AddSingleton<Shared>()
        .AddScoped<Scoped>()
        .AddTransient<Fresh>()
        .BuildServiceProvider(validateScopes: true);

    private readonly ActorSystem _system;

    public DependencyResolverTests() =>
        _system = ActorSystem.Create("di", BootstrapSetup.Create().And(DependencyResolverSetup.Create(_services)));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _system.Terminate().WaitAsync(Limit);
        await _services.DisposeAsync();
    }

    [Fact]
    public void For_OneSystem_IsAlwaysTheSame() => Assert.Same(DependencyResolver.For(_system), DependencyResolver.For(_system));

    [Fact]
    public async Task For_SystemWithoutSetup_Throws()
    {
        var bare = ActorSystem.Create("bare");
        Assert.Throws<ConfigurationException>(() => DependencyResolver.For(bare));
        await bare.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public void Create_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => DependencyResolverSetup.Create((IServiceProvider)null!));
        Assert.Throws<ArgumentNullException>(() => DependencyResolverSetup.Create((IDependencyResolver)null!));
    }

    [Fact]
    public async Task Props_WithArguments_TakesThemAndTheRestFromTheContainer()
    {
        var actor = _system.ActorOf(DependencyResolver.For(_system).Props<Mixed>("given"));
        var (text, shared) = await actor.Ask<(string, Shared)>("what", Limit);
        Assert.Equal("given", text);
        Assert.Same(_services.GetRequiredService<Shared>(), shared);
    }

    [Fact]
    public async Task Props_ByType_MakesThatActor()
    {
        var props = DependencyResolver.For(_system).Props(typeof(Mixed), "typed");
        Assert.Equal(typeof(Mixed), props.Type);
        var (text, _) = await _system.ActorOf(props).Ask<(string, Shared)>("what", Limit);
        Assert.Equal("typed", text);
    }

    [Fact]
    public void Props_TypeThatIsNoActor_Throws() =>
        Assert.Throws<ArgumentException>(() => DependencyResolver.For(_system).Props(typeof(Shared)));

    [Fact]
    public async Task Restart_AsksTheContainerAgain()
    {
        var actor = _system.ActorOf(DependencyResolver.For(_system).Props<Restarting>(), "restarting");
        var before = await actor.Ask<Fresh>("what", Limit);
        actor.Tell("fail");
        var after = await actor.Ask<Fresh>("what", Limit);
        Assert.NotSame(before, after);
    }

    [Fact]
    public async Task Props_WithRouter_MakesEachRouteeFromTheContainer()
    {
        var router = _system.ActorOf(DependencyResolver.For(_system).Props<Restarting>().WithRouter(new RoundRobinPool(2)));
        var first = await router.Ask<Fresh>("what", Limit);
        var second = await router.Ask<Fresh>("what", Limit);
        Assert.NotSame(first, second);
    }

    [Fact]
    public async Task CreateScope_EachMessage_GetsAndDisposesItsOwnServices()
    {
        var actor = _system.ActorOf(DependencyResolver.For(_system).Props<ScopeAMessage>());
        var first = await actor.Ask<Scoped>("what", Limit);
        var second = await actor.Ask<Scoped>("what", Limit);
        Assert.NotSame(first, second);
        Assert.True(first.Disposed);
        Assert.True(second.Disposed);
    }

    [Fact]
    public void GetService_NotRegistered_IsNull()
    {
        var (resolver, type) = (DependencyResolver.For(_system).Resolver, typeof(IDisposable));
        Assert.Null(resolver.GetService<IDisposable>());
        Assert.Null(resolver.GetService(type));
    }

    public sealed class Shared;

    public sealed class Fresh;

    public sealed class Scoped : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }

    private sealed class Mixed : ReceiveActor
    {
        public Mixed(Shared shared, string text) => Receive<string>(_ => Sender.Tell((text, shared)));
    }

    private sealed class Restarting : ReceiveActor
    {
        public Restarting(Fresh fresh)
        {
            Receive<string>(message => message == "fail", _ => throw new InvalidOperationException("asked to fail"));
            Receive<string>(_ => Sender.Tell(fresh));
        }
    }

    private sealed class ScopeAMessage : ReceiveActor
    {
        public ScopeAMessage() => Receive<string>(_ =>
        {
            Scoped scoped;
            using (var scope = DependencyResolver.For(Context.System).Resolver.CreateScope())
            {
                scoped = scope.Resolver.GetService<Scoped>();
                Assert.Same(scoped, scope.Resolver.GetService<Scoped>());
                Assert.False(scoped.Disposed);
            }

            Sender.Tell(scoped);
        });
    }
}
