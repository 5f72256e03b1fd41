using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Event;

/// <summary>The logger of the default configuration: hands every event to the system's stdout logger, off the thread that logged it.</summary>
public class DefaultLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent logEvent:
                Print(logEvent);
                return true;
            default:
                return false;
        }
    }

    protected virtual void Print(LogEvent logEvent)
    {
        try
        {
            Context.System.Settings.StdoutLogger.Tell(logEvent, ActorRefs.NoSender);
        }
        catch (Exception error)
        {
            // A failing logger would be logged by its supervisor, which would fail it again, without end.
            Trace.TraceError("{0} cannot print {1}: {2}", Self, logEvent.GetType(), error);
        }
    }
}

/// <summary>The first message to a logger; it answers <see cref="LoggerInitialized"/> once it is ready for events.</summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    public LoggingBus LoggingBus { get; private set; }
}

/// <summary>A logger's answer to <see cref="InitializeLogger"/>.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression;
