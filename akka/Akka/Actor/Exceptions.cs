namespace Akka.Actor;

/// <summary>Base of the engine's exceptions.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException() { }

    protected AkkaException(string? message, Exception? cause = null) : base(message, cause) { }

    protected Exception? Cause => InnerException;
}

/// <summary>A name that is taken, empty or has characters that a path must not have.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message) : base(message) { }

    public InvalidActorNameException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>An Ask that nobody answered in time.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message) : base(message) { }
}

/// <summary>A selection under which no actor answered.</summary>
public class ActorNotFoundException : AkkaException
{
    public ActorNotFoundException() { }

    public ActorNotFoundException(string message, Exception? innerException = null) : base(message, innerException) { }
}

/// <summary>The constructor or PreStart of an actor failed.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException() { }

    public ActorInitializationException(string message) : base(message) { }

    public ActorInitializationException(string message, Exception? cause) : base(message, cause) { }

    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null) : base(message, cause) => Actor = actor;

    public IActorRef? Actor { get; set; }

    public override string ToString() => Actor is null ? base.ToString() : $"{Actor}: {base.ToString()}";
}

/// <summary>PreRestart failed; the restart went on with a fresh instance.</summary>
public class PreRestartException : ActorInitializationException
{
    public PreRestartException(IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
        : base(actor, $"Exception in PreRestart({cause?.GetType().ToString() ?? "null"}, {optionalMessage?.GetType().ToString() ?? "null"})", restartException)
    {
        RestartException = restartException;
        OptionalMessage = optionalMessage;
    }

    public Exception RestartException { get; }
    public object? OptionalMessage { get; }
}

/// <summary>The constructor or PostRestart of the fresh instance failed.</summary>
public class PostRestartException : ActorInitializationException
{
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({originalCause?.GetType().ToString() ?? "null"})", cause) => OriginalCause = originalCause;

    public Exception? OriginalCause { get; }
}

/// <summary>What Kill makes an actor throw.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException() { }

    public ActorKilledException(string message) : base(message) { }
}

/// <summary>A watched actor died and the watcher did not handle its Terminated.</summary>
public class DeathPactException : AkkaException
{
    private readonly IActorRef _deadActor;

    public DeathPactException(IActorRef deadActor) : base($"Monitored actor [{deadActor}] terminated") => _deadActor = deadActor;

    public IActorRef DeadActor => _deadActor;
}

/// <summary>A message that cannot be sent, such as null.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException() : this("Message is null") { }

    public InvalidMessageException(string message) : base(message) { }
}

/// <summary>An operation that the actor's state does not allow.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message) : base(message) { }
}

/// <summary>A logger did not start in time or not at all.</summary>
public class LoggerInitializationException : AkkaException
{
    public LoggerInitializationException() { }

    public LoggerInitializationException(string message) : base(message) { }

    public LoggerInitializationException(string message, Exception? cause = null) : base(message, cause) { }
}
