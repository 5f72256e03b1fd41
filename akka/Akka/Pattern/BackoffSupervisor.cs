using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// Starts its child again after a delay whenever it has stopped, each time after a longer one.
/// Comes in: whatever is for the child. Goes out: the same; what the child tells it goes to its own parent.
/// </summary>
public sealed partial class BackoffSupervisor : BackoffSupervisorBase
{
    private readonly SupervisorStrategy _strategy;

    public BackoffSupervisor(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor)
        : this(childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, Actor.SupervisorStrategy.DefaultStrategy) { }

    public BackoffSupervisor(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor,
        SupervisorStrategy strategy, object? replyWhileStopped = null, Func<object, bool>? finalStopMessage = null)
        : base(childProps, childName, minBackoff, maxBackoff, randomFactor, reset, replyWhileStopped, finalStopMessage) => _strategy = strategy;

    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        PropsWithSupervisorStrategy(childProps, childName, minBackoff, maxBackoff, randomFactor, Actor.SupervisorStrategy.DefaultStrategy);

    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        PropsWithSupervisorStrategy(
            childProps, childName, minBackoff, maxBackoff, randomFactor, new OneForOneStrategy(Actor.SupervisorStrategy.DefaultDecider).WithMaxNrOfRetries(maxNrOfRetries));

    public static Props Props(BackoffOptions options) => options.Props;

    public static Props PropsWithSupervisorStrategy(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, SupervisorStrategy strategy) =>
        Actor.Props.Create(
            typeof(BackoffSupervisor), childProps, childName, minBackoff, maxBackoff, new AutoReset(minBackoff), randomFactor, strategy, null!, null!);

    protected override SupervisorStrategy SupervisorStrategy() => _strategy;

    protected override bool Receive(object message) =>
        message is Terminated terminated && terminated.ActorRef.Equals(Child) ? OnChildStopped() : HandleBackoff(message);

    private bool OnChildStopped()
    {
        Child = null;
        var maxRetries = _strategy is OneForOneStrategy oneForOne ? oneForOne.MaxNumberOfRetries : -1;
        if (FinalStopMessageReceived)
        {
            Context.Stop(Self);
        }
        else if (maxRetries != -1 && RestartCountN >= maxRetries)
        {
            Log.Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", RestartCountN + 1, maxRetries);
            Context.Stop(Self);
        }
        else
        {
            RestartAfterDelay();
        }
        return true;
    }
}
