using Akka.Actor;
using Akka.Hosting;

namespace Akka.Contract.Tests.Hosting;

/// <summary>The registry of an actor system.</summary>
public sealed class ActorRegistryTests : IAsyncLifetime
{
    private static readonly Type Key = typeof(KeyA);

    private readonly ActorSystem _system = ActorSystem.Create("registry");
    private readonly ActorRegistry _registry = new();
    private IActorRef _one = ActorRefs.Nobody;
    private IActorRef _other = ActorRefs.Nobody;

    public Task InitializeAsync()
    {
        _one = _system.ActorOf(Props.Create<AkkaHost.Echo>(), "one");
        _other = _system.ActorOf(Props.Create<AkkaHost.Echo>(), "other");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _system.Terminate().WaitAsync(AkkaHost.Limit);

    [Fact]
    public void For_OneSystem_IsAlwaysTheSame() => Assert.Same(ActorRegistry.For(_system), ActorRegistry.For(_system));

    [Fact]
    public void Get_Registered_IsThatActor()
    {
        _registry.Register<KeyA>(_one);
        Assert.Equal(_one, _registry.Get<KeyA>());
        Assert.True(_registry.TryGet<KeyA>(out var generic));
        Assert.Equal(_one, generic);
        Assert.True(_registry.TryGet(Key, out var typed));
        Assert.Equal(_one, typed);
    }

    [Fact]
    public void Get_Missing_Throws()
    {
        var error = Assert.Throws<MissingActorRegistryEntryException>(() => _registry.Get<KeyA>());
        Assert.IsAssignableFrom<ActorRegistryException>(error);
        Assert.Contains(nameof(KeyA), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryGet_Missing_IsFalseAndNobody()
    {
        Assert.False(_registry.TryGet<KeyA>(out var actor));
        Assert.Equal(ActorRefs.Nobody, actor);
    }

    [Fact]
    public void Register_Twice_ThrowsAndKeepsTheFirst()
    {
        _registry.Register<KeyA>(_one);
        var error = Assert.Throws<DuplicateActorRegistryException>(() => _registry.Register<KeyA>(_other));
        Assert.IsAssignableFrom<ActorRegistryException>(error);
        Assert.False(_registry.TryRegister<KeyA>(_other));
        Assert.Equal(_one, _registry.Get<KeyA>());
    }

    [Fact]
    public void Register_Overwrite_TakesTheSecond()
    {
        _registry.Register<KeyA>(_one);
        _registry.Register<KeyA>(_other, overwrite: true);
        Assert.Equal(_other, _registry.Get<KeyA>());
    }

    [Fact]
    public void Register_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => _registry.Register<KeyA>(null!));
        Assert.False(_registry.TryRegister<KeyA>(null!));
        Assert.False(_registry.TryRegister(Key, null!));
    }

    [Fact]
    public void Enumeration_YieldsAllEntries()
    {
        _registry.Register<KeyA>(_one);
        _registry.Register<KeyB>(_other);
        Assert.Equal(new Dictionary<Type, IActorRef> { [typeof(KeyA)] = _one, [typeof(KeyB)] = _other }, new Dictionary<Type, IActorRef>(_registry));
    }

    [Fact]
    public async Task GetAsync_Registered_IsThatActor()
    {
        _registry.Register<KeyA>(_one);
        Assert.Equal(_one, await _registry.GetAsync<KeyA>());
        Assert.Equal(_one, await _registry.GetAsync(Key));
    }

    [Fact]
    public async Task GetAsync_Missing_WaitsForItsKeyOnly()
    {
        var first = _registry.GetAsync<KeyA>();
        var second = _registry.GetAsync(Key);
        _registry.Register<KeyB>(_other);
        Assert.False(first.IsCompleted);

        _registry.Register<KeyA>(_one);
        Assert.Equal(_one, await first.WaitAsync(AkkaHost.Limit));
        Assert.Equal(_one, await second.WaitAsync(AkkaHost.Limit));
    }

    [Fact]
    public async Task GetAsync_Cancelled_CancelsOnlyThatWait()
    {
        using var cancellation = new CancellationTokenSource();
        var cancelled = _registry.GetAsync<KeyA>(cancellation.Token);
        var patient = _registry.GetAsync<KeyA>();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(AkkaHost.Limit));

        _registry.Register<KeyA>(_one);
        Assert.Equal(_one, await patient.WaitAsync(AkkaHost.Limit));
    }

    private sealed class KeyA;

    private sealed class KeyB;
}
