using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Turns objects into bytes and back. Several threads use it at once.</summary>
public abstract class Serializer
{
    private const int NotRead = int.MinValue;

    protected readonly ExtendedActorSystem system;
    private int _identifier = NotRead;

    protected Serializer(ExtendedActorSystem system) => this.system = system;

    /// <summary>
    /// What a receiver finds the serializer by, unique in the cluster; below 100 is reserved.
    /// By default it is read from <c>akka.actor.serialization-identifiers</c>.
    /// </summary>
    // Two threads may both read the configuration: they read the same number.
    public virtual int Identifier =>
        _identifier != NotRead ? _identifier : _identifier = SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system);

    /// <summary>Whether <see cref="FromBinary(byte[],Type)"/> needs the type.</summary>
    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    /// <summary>Serializes with references written for the given address, so that a peer can reach them.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) => Serialization.WithTransport(system, address, () => ToBinary(obj));

    public abstract object FromBinary(byte[] bytes, Type type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));
}
