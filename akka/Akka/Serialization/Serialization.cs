using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// An actor system's serializers and which of them is for which type, as <c>akka.actor.serializers</c>,
/// <c>akka.actor.serialization-bindings</c> and <see cref="SerializationSetup"/> say.
/// </summary>
public class Serialization
{
    private const string Serializers = "akka.actor.serializers";
    private const string Bindings = "akka.actor.serialization-bindings";

    [ThreadStatic]
    private static Information? s_transport;

    private readonly Serializer _nullSerializer;
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new();
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();

    // What was found for types that are bound by a base type or an interface.
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();

    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        _nullSerializer = new NullSerializer(system);
        AddSerializer("null", _nullSerializer);
        ReadSerializers();
        ReadBindings();
        ReadSetup();
    }

    public ExtendedActorSystem System { get; }

    public void AddSerializer(string name, Serializer serializer)
    {
        var id = serializer.Identifier;
        if (_byId.TryGetValue(id, out var other) && other.GetType() != serializer.GetType())
            throw new ArgumentException($"The serializers [{other.GetType()}] and [{serializer.GetType()}] both have the identifier {id}: give one of them another.", nameof(serializer));
        _byId[id] = serializer;
        _byName[name] = serializer;
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _found.Clear();
    }

    public byte[] Serialize(object o) => WithTransport(System, (Serialization: this, Value: o), static s => s.Serialization.FindSerializerFor(s.Value).ToBinary(s.Value));

    /// <exception cref="SerializationException">There is no serializer with this identifier.</exception>
    public object Deserialize(byte[] bytes, int serializerId, Type type) =>
        WithTransport(System, (Serializer: ById(serializerId, type), bytes, type), static s => s.Serializer.FromBinary(s.bytes, s.type));

    /// <exception cref="SerializationException">There is no serializer with this identifier or no type of this name.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest) =>
        WithTransport(System, (Serializer: ById(serializerId, manifest), bytes, manifest), static s => FromBinary(s.Serializer, s.bytes, s.manifest));

    /// <exception cref="SerializationException">No serializer is bound to the object's type.</exception>
    public Serializer FindSerializerFor(object? obj, string? defaultSerializerName = null) =>
        obj is null ? _nullSerializer : FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of the type itself, else of the most specific base type or interface that is bound, else the named one.</summary>
    /// <exception cref="SerializationException">There is none.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_bindings.TryGetValue(objectType, out var serializer) || _found.TryGetValue(objectType, out serializer)) return serializer;
        var best = MostSpecific(objectType);
        if (best is not null && best != typeof(object)) return _found[objectType] = _bindings[best];
        if (defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out serializer)) return serializer;
        if (best is not null) return _found[objectType] = _bindings[best];
        throw new SerializationException(
            $"No serializer is bound to type [{objectType}]: add {Bindings}.\"{objectType.TypeQualifiedName()}\" = NAME, or bind a base type or interface of it; " +
            $"NAME is one of {Serializers} [{string.Join(", ", _byName.Keys)}].");
    }

    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest named => named.Manifest(msg),
        { IncludeManifest: true } => msg.GetType().TypeQualifiedName(),
        _ => string.Empty,
    };

    /// <summary>The reference as a peer can use it: with the address that <see cref="WithTransport{T}(ExtendedActorSystem, Func{T})"/> says.</summary>
    public static string SerializedActorPath(IActorRef? actorRef)
    {
        if (actorRef is null || actorRef.Equals(ActorRefs.NoSender)) return string.Empty;
        var path = actorRef.Path;
        var home = actorRef is ActorRefWithCell withCell ? withCell.Underlying.System as ExtendedActorSystem : null;
        if (s_transport is not { } transport)
            return home is null ? path.ToSerializationFormat() : path.ToSerializationFormatWithAddress(home.Provider.DefaultAddress);
        if (home is null || ReferenceEquals(home, transport.System)) return path.ToSerializationFormatWithAddress(transport.Address);
        return path.ToSerializationFormatWithAddress(home.Provider.GetExternalAddressFor(transport.Address) ?? home.Provider.DefaultAddress);
    }

    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    /// <exception cref="InvalidOperationException">Nothing is being serialized on this thread.</exception>
    public static Information GetCurrentTransportInformation() =>
        s_transport ?? throw new InvalidOperationException("No transport information is set on this thread: serialize inside Serialization.WithTransport.");

    public static T WithTransport<T>(ActorSystem system, Address address, Func<T> action) => WithTransport(new Information(address, system), action, static a => a());

    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) => WithTransport(system, action, static a => a());

    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        WithTransport(s_transport ?? system.Provider.SerializationInformation, state, action);

    private static T WithTransport<TState, T>(Information information, TState state, Func<TState, T> action)
    {
        var before = s_transport;
        s_transport = information;
        try
        {
            return action(state);
        }
        finally
        {
            s_transport = before;
        }
    }

    private static object FromBinary(Serializer serializer, byte[] bytes, string manifest)
    {
        if (serializer is SerializerWithStringManifest named) return named.FromBinary(bytes, manifest);
        if (string.IsNullOrEmpty(manifest)) return serializer.FromBinary(bytes, null!);
        var type = Type.GetType(manifest) ?? throw new SerializationException($"There is no type [{manifest}] for serializer [{serializer.GetType()}] with identifier {serializer.Identifier}.");
        return serializer.FromBinary(bytes, type);
    }

    private Serializer ById(int id, object? manifest) => _byId.TryGetValue(id, out var serializer) ? serializer : throw new SerializationException(
        $"There is no serializer with identifier {id} for [{manifest}]: is {Serializers} the same in both systems?");

    private Type? MostSpecific(Type objectType)
    {
        Type? best = null;
        foreach (var (bound, _) in _bindings)
            if (bound.IsAssignableFrom(objectType) && (best is null || best.IsAssignableFrom(bound))) best = bound;
        return best;
    }

    private void ReadSerializers()
    {
        if (System.Settings.Config.GetConfig(Serializers) is not { } serializers) return;
        foreach (var (name, value) in serializers.AsEnumerable())
        {
            var typeName = value.GetString();
            if (typeName is not null && Type.GetType(typeName) is { } type) AddSerializer(name, (Serializer)Activator.CreateInstance(type, System)!);
            else System.Log.Warning("The type name for serializer '{0}' did not resolve to an actual Type: '{1}'", name, typeName);
        }
    }

    private void ReadBindings()
    {
        if (System.Settings.Config.GetConfig(Bindings) is not { } bindings) return;
        foreach (var (typeName, value) in bindings.AsEnumerable())
        {
            var name = value.GetString();
            if (Type.GetType(typeName) is not { } type)
                System.Log.Warning("The type name for message/serializer binding '{0}' did not resolve to an actual Type: '{1}'", name, typeName);
            else if (name is null || !_byName.TryGetValue(name, out var serializer))
                System.Log.Warning("Serialization binding to non existing serializer: '{0}'", name);
            else
                AddSerializationMap(type, serializer);
        }
    }

    private void ReadSetup()
    {
        var setup = System.Settings.Setup.Get<SerializationSetup>();
        if (setup.IsEmpty) return;
        foreach (var details in setup.Value.CreateSerializers(System))
        {
            AddSerializer(details.Alias, details.Serializer);
            foreach (var type in details.UseFor) AddSerializationMap(type, details.Serializer);
        }
    }
}
