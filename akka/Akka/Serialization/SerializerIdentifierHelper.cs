using Akka.Actor;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Reads a serializer's identifier from the configuration.</summary>
public static class SerializerIdentifierHelper
{
    internal const string SerializationIdentifiers = "akka.actor.serialization-identifiers";

    /// <exception cref="ArgumentException">There is none for this type.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        // The keys are type names as Type.GetType reads them.
        var identifiers = system.Settings.Config.GetConfig(SerializationIdentifiers);
        if (identifiers is not null)
        {
            foreach (var (name, value) in identifiers.AsEnumerable())
            {
                if (Type.GetType(name) == type) return value.GetInt();
            }
        }

        throw new ArgumentException(
            $"The serializer [{type}] has no identifier: override Identifier, or set {SerializationIdentifiers}.\"{type.TypeQualifiedName()}\" to a number that no other serializer has.",
            nameof(type));
    }
}
