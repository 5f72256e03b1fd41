using Akka.Actor;

namespace Akka.Pattern;

/// <summary>The options of a back-off supervisor; each method returns a changed copy.</summary>
public abstract class BackoffOptions
{
    /// <summary>The restarts are forgotten once the child has lived so long.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The restarts are forgotten when the supervisor is sent a <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>What the child's failures lead to; only a restart waits.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>Every failure stops the child.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>The answer to messages while there is no child; without it they are dead letters.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>The supervisor stops when more restarts than this are needed; -1 for no limit.</summary>
    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    /// <summary>Messages after which the supervisor stops together with its child.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);

    internal abstract Props Props { get; }
}

internal sealed class BackoffOptionsImpl(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) : BackoffOptions
{
    internal bool OnFailure { get; init; }
    private IBackoffReset Reset { get; init; } = new AutoReset(minBackoff);
    private OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider);
    private object? ReplyWhileStopped { get; init; }
    private Func<object, bool>? FinalStopMessage { get; init; }

    internal override Props Props
    {
        get
        {
            Validate();
            return Actor.Props.Create(
                OnFailure ? typeof(BackoffOnRestartSupervisor) : typeof(BackoffSupervisor),
                childProps, childName, minBackoff, maxBackoff, Reset, randomFactor, Strategy, ReplyWhileStopped!, FinalStopMessage!);
        }
    }

    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) => Copy(reset: new AutoReset(resetBackoff));
    public override BackoffOptions WithManualReset() => Copy(reset: new ManualReset());
    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => Copy(strategy: supervisorStrategy);
    public override BackoffOptions WithDefaultStoppingStrategy() => Copy(strategy: new OneForOneStrategy(Strategy.MaxNumberOfRetries, null, SupervisorStrategy.StoppingStrategy.Decider));
    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => Copy(reply: replyWhileStopped);
    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => Copy(strategy: Strategy.WithMaxNrOfRetries(maxNrOfRetries));
    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => Copy(final: isFinalStopMessage);

    private BackoffOptionsImpl Copy(IBackoffReset? reset = null, OneForOneStrategy? strategy = null, object? reply = null, Func<object, bool>? final = null) =>
        new(childProps, childName, minBackoff, maxBackoff, randomFactor)
        {
            OnFailure = OnFailure,
            Reset = reset ?? Reset,
            Strategy = strategy ?? Strategy,
            ReplyWhileStopped = reply ?? ReplyWhileStopped,
            FinalStopMessage = final ?? FinalStopMessage,
        };

    private void Validate()
    {
        if (minBackoff <= TimeSpan.Zero) throw new ArgumentException($"The back-off of [{childName}] must have a minimum of more than zero, it has {minBackoff}.");
        if (maxBackoff < minBackoff) throw new ArgumentException($"The back-off of [{childName}] has a maximum of {maxBackoff}, less than its minimum of {minBackoff}.");
        if (randomFactor is not (>= 0.0 and <= 1.0)) throw new ArgumentException($"The back-off of [{childName}] must have a random factor from 0 to 1, it has {randomFactor}.");
    }
}
