using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>A serializer that names the type of its bytes by a string of its own, which may outlive the class.</summary>
public abstract class SerializerWithStringManifest(ExtendedActorSystem system) : Serializer(system)
{
    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, type.TypeQualifiedName());

    public abstract object FromBinary(byte[] bytes, string manifest);

    public abstract string Manifest(object o);
}
