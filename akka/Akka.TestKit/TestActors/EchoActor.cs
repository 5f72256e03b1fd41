using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Forwards every message to the test actor, and to its sender too unless told otherwise.</summary>
public class EchoActor : ReceiveActor
{
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) => ReceiveAny(message =>
    {
        if (echoBackToSenderAsWell && !testkit.TestActor.Equals(Sender)) Sender.Forward(message);
        testkit.TestActor.Tell(message, Sender);
    });

    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) => Actor.Props.Create(typeof(EchoActor), testkit, echoBackToSenderAsWell);
}

/// <summary>Sends every message back to its sender.</summary>
public class SimpleEchoActor : ReceiveActor
{
    public SimpleEchoActor() => ReceiveAny(message => Sender.Tell(message, Self));
    public static Props Props() => Actor.Props.Create<SimpleEchoActor>();
}
