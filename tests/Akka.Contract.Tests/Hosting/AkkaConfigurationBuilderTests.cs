using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Contract.Tests.Hosting;

/// <summary>What the builder collects, and what of it reaches the system.</summary>
public sealed class AkkaConfigurationBuilderTests
{
    private readonly AkkaConfigurationBuilder _builder = new(new ServiceCollection(), "configured");

    [Fact]
    public void Configuration_AtFirst_IsNone()
    {
        Assert.False(_builder.Configuration.HasValue);
        Assert.False(_builder.ActorRefProvider.HasValue);
        Assert.Empty(_builder.Setups);
    }

    [Theory]
    [InlineData(HoconAddMode.Append, "old")]
    [InlineData(HoconAddMode.Prepend, "new")]
    [InlineData(HoconAddMode.Replace, "new")]
    public void AddHocon_Mode_DecidesWhoWins(HoconAddMode mode, string winner)
    {
        var config = _builder
            .AddHocon("both = old, only-old = 1", HoconAddMode.Append)
            .AddHocon("both = new, only-new = 2", mode)
            .Configuration.Value;

        Assert.Equal(winner, config.GetString("both"));
        Assert.Equal(2, config.GetInt("only-new"));
        // Replace is in fact a Prepend in the official builder: it drops nothing.
        Assert.Equal(1, config.GetInt("only-old"));
    }

    [Fact]
    public void AddHocon_UnknownMode_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _builder.AddHocon("a = 1", (HoconAddMode)3));

    [Fact]
    public void AddHoconFile_AddsItsContent()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "from-file { value = 3 }");
            Assert.Equal(3, _builder.AddHoconFile(path, HoconAddMode.Append).Configuration.Value.GetInt("from-file.value"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AddHoconFile_Missing_Throws() =>
        Assert.Throws<FileNotFoundException>(() => _builder.AddHoconFile("no-such-file.conf", HoconAddMode.Append));

    [Theory]
    [InlineData(1500, "1500")]
    [InlineData(0, "infinite")]
    [InlineData(-1, "infinite")]
    public void WithActorAskTimeout_IsMillisecondsOrInfinite(int milliseconds, string expected) => Assert.Equal(
        expected, _builder.WithActorAskTimeout(TimeSpan.FromMilliseconds(milliseconds)).Configuration.Value.GetString("akka.actor.ask-timeout"));

    [Fact]
    public void WithActorRefProvider_IsKept() =>
        Assert.Same(ProviderSelection.Local.Instance, _builder.WithActorRefProvider(ProviderSelection.Local.Instance).ActorRefProvider.Value);

    [Fact]
    public void AddSetup_Bootstrap_IsTakenApart()
    {
        _builder.AddHocon("both = old, only-old = 1", HoconAddMode.Append)
            .AddSetup(BootstrapSetup.Create().WithConfig("both = new").WithActorRefProvider(ProviderSelection.Local.Instance));
        Assert.Empty(_builder.Setups);
        Assert.Equal("new", _builder.Configuration.Value.GetString("both"));
        Assert.Equal(1, _builder.Configuration.Value.GetInt("only-old"));
        Assert.Same(ProviderSelection.Local.Instance, _builder.ActorRefProvider.Value);
    }

    [Fact]
    public async Task AddSetup_Other_ReachesTheSystem()
    {
        var setup = new OwnSetup();
        var host = await AkkaHost.StartAsync(akka => akka.AddSetup(setup));
        Assert.Same(setup, host.System().Settings.Setup.Get<OwnSetup>().Value);
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task AddHocon_ReachesTheSystem()
    {
        var host = await AkkaHost.StartAsync(akka => akka.AddHocon("own.value = 5, akka.log-dead-letters = 7", HoconAddMode.Prepend));
        Assert.Equal(5, host.System().Settings.Config.GetInt("own.value"));
        Assert.Equal(7, host.System().Settings.LogDeadLetters);
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public async Task WithExtension_StartsItWithTheSystem_BesideThoseOfTheHocon()
    {
        var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon($"akka.extensions = [\"{typeof(SecondId).AssemblyQualifiedName}\"]", HoconAddMode.Append)
            .WithExtension<FirstId>()
            .WithExtensions(typeof(FirstId)));
        Assert.True(host.System().HasExtension<First>());
        Assert.True(host.System().HasExtension<Second>());
        await host.StopAndDisposeAsync();
    }

    [Fact]
    public void WithExtensions_NoExtension_Throws() => Assert.Throws<ConfigurationException>(() => _builder.WithExtensions(typeof(string)));

    [Fact]
    public async Task WithCustomSerializer_SerializesItsTypes()
    {
        var host = await AkkaHost.StartAsync(akka => akka.WithCustomSerializer("own", [typeof(Parcel)], system => new ParcelSerializer(system)));
        var serializer = host.System().Serialization.FindSerializerForType(typeof(Parcel));
        Assert.IsType<ParcelSerializer>(serializer);
        Assert.Equal(4321, serializer.Identifier);
        await host.StopAndDisposeAsync();
    }

    private sealed class OwnSetup : Setup;

    public sealed class First : IExtension;

    public sealed class FirstId : ExtensionIdProvider<First>
    {
        public override First CreateExtension(ExtendedActorSystem system) => new();
    }

    public sealed class Second : IExtension;

    public sealed class SecondId : ExtensionIdProvider<Second>
    {
        public override Second CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class Parcel;

    private sealed class ParcelSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 4321;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => [];

        public override object FromBinary(byte[] bytes, Type type) => new Parcel();
    }
}
