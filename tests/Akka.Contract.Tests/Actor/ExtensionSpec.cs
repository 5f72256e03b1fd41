using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>Extensions: made once a system.</summary>
public sealed class ExtensionSpec : ContractSpec
{
    public sealed class Counting : IExtension
    {
        private int _value;

        public int Next() => Interlocked.Increment(ref _value);
    }

    public sealed class CountingProvider : ExtensionIdProvider<Counting>
    {
        private int _made;

        public int Made => _made;

        public override Counting CreateExtension(ExtendedActorSystem system)
        {
            Interlocked.Increment(ref _made);
            return new Counting();
        }
    }

    private sealed class FailingProvider : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => throw new ContractException("on purpose");
    }

    [Fact]
    public void An_extension_is_made_at_its_first_use_and_then_shared()
    {
        var provider = new CountingProvider();
        Assert.False(Sys.HasExtension<Counting>());
        var extension = provider.Apply(Sys);
        Assert.Same(extension, provider.Get(Sys));
        Assert.Same(extension, Sys.GetExtension<Counting>());
        Assert.Same(extension, Sys.RegisterExtension(provider));
        Assert.True(Sys.HasExtension<Counting>());
        Assert.True(Sys.TryGetExtension<Counting>(out var found));
        Assert.Same(extension, found);
        Assert.Equal(1, provider.Made);
    }

    [Fact]
    public async Task An_extension_is_made_once_although_several_threads_ask_for_it()
    {
        var provider = new CountingProvider();
        var found = new Counting[4];
        await OnThreadsAsync(4, thread => found[thread] = (Counting)Sys.RegisterExtension(provider));
        Assert.Equal(1, provider.Made);
        Assert.All(found, extension => Assert.Same(found[0], extension));
    }

    [Fact]
    public void A_failing_extension_throws_its_exception() =>
        Assert.Equal("on purpose", Assert.Throws<ContractException>(() => Sys.RegisterExtension(new FailingProvider())).Message);

    [Fact]
    public async Task An_extension_of_the_configuration_is_loaded_at_the_start()
    {
        var system = ActorSystem.Create("extended", ConfigurationFactory.ParseString($"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.extensions = ["{typeof(CountingProvider).AssemblyQualifiedName}"]
            """));
        Assert.True(system.HasExtension<Counting>());
        await system.Terminate().WaitAsync(Patience);
    }
}
