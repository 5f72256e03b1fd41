using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Passes byte arrays as they are.</summary>
public class ByteArraySerializer(ExtendedActorSystem system) : Serializer(system)
{
    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj) => obj switch
    {
        null => [],
        byte[] bytes => bytes,
        _ => throw new NotSupportedException($"ByteArraySerializer serializes byte arrays only, not [{obj.GetType()}]."),
    };

    public override object FromBinary(byte[] bytes, Type type) => bytes;
}
