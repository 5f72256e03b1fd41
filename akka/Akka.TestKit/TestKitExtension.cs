using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Keeps the <see cref="TestKitSettings"/> of an actor system.</summary>
public class TestKitExtension : ExtensionIdProvider<TestKitSettings>
{
    public static TestKitSettings For(ActorSystem system) => system.GetExtension<TestKitSettings>();
    public override TestKitSettings CreateExtension(ExtendedActorSystem system) => new(system.Settings.Config);
}
