using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Serialization;
using Akka.Util;

namespace Akka.Contract.Tests.Serialization;

/// <summary>Which serializer is for which type, and what goes over a wire: identifier, manifest, bytes.</summary>
public sealed class SerializationSpec : ContractSpec
{
    private const string Config = """
        akka.actor {
          serializers {
            contract-text = "Akka.Contract.Tests.Serialization.SerializationSpec+TextSerializer, Akka.Contract.Tests"
            contract-named = "Akka.Contract.Tests.Serialization.SerializationSpec+NamedSerializer, Akka.Contract.Tests"
          }
          serialization-bindings {
            "Akka.Contract.Tests.Serialization.SerializationSpec+Text, Akka.Contract.Tests" = contract-text
            "Akka.Contract.Tests.Serialization.SerializationSpec+INamed, Akka.Contract.Tests" = contract-named
          }
          serialization-identifiers {
            "Akka.Contract.Tests.Serialization.SerializationSpec+TextSerializer, Akka.Contract.Tests" = 4711
          }
        }
        """;

    public SerializationSpec() : base(Config)
    {
    }

    private Akka.Serialization.Serialization Serialization => Sys.Serialization;

    public sealed record Text(string Value);

    public interface INamed;

    public sealed record Name(string Value) : INamed;

    public sealed record Extra(string Value);

    /// <summary>Takes its identifier from the configuration and needs the type to read.</summary>
    public class TextSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override bool IncludeManifest => true;
        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Text)obj).Value);
        public override object FromBinary(byte[] bytes, Type type) => Activator.CreateInstance(type, Encoding.UTF8.GetString(bytes))!;
    }

    public sealed class NamedSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 4712;
        public override string Manifest(object o) => "n";
        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Name)obj).Value);

        public override object FromBinary(byte[] bytes, string manifest) =>
            manifest == "n" ? new Name(Encoding.UTF8.GetString(bytes)) : throw new SerializationException($"unknown {manifest}");
    }

    private sealed class ExtraSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 4713;
        public override bool IncludeManifest => false;
        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Extra)obj).Value);
        public override object FromBinary(byte[] bytes, Type type) => new Extra(Encoding.UTF8.GetString(bytes));
    }

    private sealed class ReferenceSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 4714;
        public override bool IncludeManifest => false;
        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(Akka.Serialization.Serialization.SerializedActorPath((IActorRef)obj));
        public override object FromBinary(byte[] bytes, Type type) => system.Serialization.DeserializeActorRef(Encoding.UTF8.GetString(bytes));
    }

    private sealed class NumberlessSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override bool IncludeManifest => false;
        public override byte[] ToBinary(object obj) => [];
        public override object FromBinary(byte[] bytes, Type type) => "";
    }

    private object Roundtrip(object message)
    {
        var serializer = Serialization.FindSerializerFor(message);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, message);
        return Serialization.Deserialize(Serialization.Serialize(message), serializer.Identifier, manifest);
    }

    [Fact]
    public void Byte_arrays_pass_as_they_are()
    {
        byte[] bytes = [1, 2, 3];
        var serializer = Serialization.FindSerializerFor(bytes);

        Assert.IsType<ByteArraySerializer>(serializer);
        Assert.Equal(4, serializer.Identifier);
        Assert.Same(bytes, serializer.ToBinary(bytes));
        Assert.Equal(bytes, Roundtrip(bytes));
    }

    [Fact]
    public void Null_has_a_serializer()
    {
        var serializer = Serialization.FindSerializerFor(null!);
        Assert.IsType<NullSerializer>(serializer);
        Assert.Empty(serializer.ToBinary(null!));
        Assert.Null(serializer.FromBinary<object>([]));
    }

    [Fact]
    public void Serializer_is_found_by_the_type_that_is_bound()
    {
        var serializer = Serialization.FindSerializerForType(typeof(Text));
        Assert.IsType<TextSerializer>(serializer);
        Assert.Equal(4711, serializer.Identifier);
        Assert.Equal(new Text("hello"), Roundtrip(new Text("hello")));
    }

    [Fact]
    public void Serializer_is_found_by_an_interface_that_is_bound()
    {
        Assert.IsType<NamedSerializer>(Serialization.FindSerializerFor(new Name("x")));
        Assert.Equal(new Name("hello"), Roundtrip(new Name("hello")));
    }

    [Fact]
    public void Manifest_is_the_serializers_own_or_the_type_or_nothing()
    {
        var name = new Name("x");
        var text = new Text("x");
        byte[] bytes = [];
        Assert.Equal("n", Akka.Serialization.Serialization.ManifestFor(Serialization.FindSerializerFor(name), name));
        Assert.Equal(typeof(Text).TypeQualifiedName(), Akka.Serialization.Serialization.ManifestFor(Serialization.FindSerializerFor(text), text));
        Assert.Equal("", Akka.Serialization.Serialization.ManifestFor(Serialization.FindSerializerFor(bytes), bytes));
    }

    [Fact]
    public void Type_names_are_read_back_and_say_no_version()
    {
        Type[] types = [typeof(string), typeof(Text), typeof(List<Text>), typeof(Dictionary<string, List<int>>), typeof(Text[]), typeof((int, Text))];
        foreach (var type in types)
        {
            Assert.Same(type, Type.GetType(type.TypeQualifiedName()));
            Assert.DoesNotContain("Version=", type.TypeQualifiedName(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unknown_identifiers_are_refused()
    {
        Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 999_999, "manifest"));
        Assert.Throws<SerializationException>(() => Serialization.Deserialize([], 999_999, typeof(Text)));
    }

    [Fact]
    public void Serializer_without_an_identifier_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new NumberlessSerializer((ExtendedActorSystem)Sys).Identifier);
    }

    [Fact]
    public async Task Setup_adds_serializers()
    {
        var setup = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF"))
            .And(SerializationSetup.Create(system =>
                ImmutableHashSet.Create(SerializerDetails.Create("extra", new ExtraSerializer(system), ImmutableHashSet.Create(typeof(Extra))))));
        var other = ActorSystem.Create("with-setup", setup);

        var serializer = other.Serialization.FindSerializerForType(typeof(Extra));
        Assert.IsType<ExtraSerializer>(serializer);
        Assert.Equal(new Extra("x"), other.Serialization.Deserialize(other.Serialization.Serialize(new Extra("x")), 4713, ""));
        await other.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public void References_are_written_and_read_back()
    {
        var path = Akka.Serialization.Serialization.SerializedActorPath(TestActor);
        Assert.Equal(TestActor, Serialization.DeserializeActorRef(path));
        Assert.Equal("", Akka.Serialization.Serialization.SerializedActorPath(ActorRefs.NoSender));
    }

    [Fact]
    public void References_are_written_for_the_address_of_a_peer()
    {
        var address = new Address("akka.tcp", "peer", "example.org", 4053);
        var bytes = new ReferenceSerializer((ExtendedActorSystem)Sys).ToBinaryWithAddress(address, TestActor);

        Assert.StartsWith("akka.tcp://peer@example.org:4053/", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(Akka.Serialization.Serialization.GetCurrentTransportInformation);
    }

    [Fact]
    public async Task Setups_are_kept_by_their_types()
    {
        var bootstrap = BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString("akka.loglevel = OFF, akka.stdout-loglevel = OFF, contract.value = 7"));
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create()).WithSetup(bootstrap);
        Assert.Same(bootstrap, setup.Get<BootstrapSetup>().Value);
        Assert.False(setup.Get<SerializationSetup>().HasValue);

        var system = ActorSystem.Create("by-setup", setup);
        Assert.Equal(7, system.Settings.Config.GetInt("contract.value"));
        await system.Terminate().WaitAsync(Patience);
    }
}
