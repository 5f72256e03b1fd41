using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Owns nothing but the writing end of a test's queue: queues every message but the control messages of <see cref="TestActor"/>.</summary>
internal sealed class InternalTestActor : ActorBase
{
    private readonly TestActorQueue _queue;
    private TestActor.Ignore? _ignore;
    private AutoPilot? _pilot;

    // Public: Props creates by reflection.
    public InternalTestActor(TestActorQueue queue) => _queue = queue;

    protected override SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.StoppingStrategy;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case TestActor.SetIgnore set:
                _ignore = set.Ignore;
                break;
            case TestActor.Watch watch:
                Context.Watch(watch.Actor);
                watch.Done?.TrySetResult();
                break;
            case TestActor.Unwatch unwatch:
                Context.Unwatch(unwatch.Actor);
                unwatch.Done?.TrySetResult();
                break;
            case TestActor.SetAutoPilot set:
                _pilot = set.AutoPilot;
                break;
            case TestActor.Spawn spawn:
                _queue.Add(new RealMessageEnvelope(Context.ActorOf(spawn.Props, spawn.Name), Self));
                break;
            default:
                OnMessage(message, Sender);
                break;
        }
        return true;
    }

    private void OnMessage(object message, IActorRef sender)
    {
        if (_pilot?.Run(sender, message) is { } next and not KeepRunning) _pilot = next;
        if (_ignore?.Invoke(message) != true) _queue.Add(new RealMessageEnvelope(message, sender));
    }
}
