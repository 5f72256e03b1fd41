using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Hosting.Logging;

/// <summary>The factory that <see cref="LoggerFactoryLogger"/> logs through.</summary>
public class LoggerFactorySetup(ILoggerFactory loggerFactory) : Setup
{
    public ILoggerFactory LoggerFactory { get; } = loggerFactory;
}

/// <summary>
/// Passes the system's log events on to an <see cref="ILogger"/> of category Akka.Actor.ActorSystem.
/// In: <see cref="LogEvent"/>. Out: log entries with the fields of <see cref="LogState"/>. It does not start without a <see cref="LoggerFactorySetup"/>.
/// </summary>
public class LoggerFactoryLogger : ActorBase, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    /// <summary>Tells of this logger's own start and stop.</summary>
    protected readonly ILoggingAdapter InternalLogger = Event.Logging.GetLogger(Context.System.EventStream, nameof(LoggerFactoryLogger));

    private readonly ILogger<ActorSystem> _logger;

    public LoggerFactoryLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggerFactorySetup>();
        if (!setup.HasValue)
            throw new ConfigurationException(
                $"Actor system '{Context.System.Name}' cannot start {nameof(LoggerFactoryLogger)}: it needs a {nameof(LoggerFactorySetup)}.");
        _logger = setup.Value.LoggerFactory.CreateLogger<ActorSystem>();
    }

    protected override void PostStop() => InternalLogger.Info($"{nameof(LoggerFactoryLogger)} stopped");

    protected override bool Receive(object message)
    {
        if (message is LogEvent logEvent) Log(logEvent, Sender.Path);
        else if (message is InitializeLogger)
        {
            InternalLogger.Info($"{nameof(LoggerFactoryLogger)} started");
            Sender.Tell(new LoggerInitialized());
        }
        else return false;
        return true;
    }

    /// <summary>Writes one event; <paramref name="path"/> is the actor that logged it, dead letters where no actor did.</summary>
    protected virtual void Log(LogEvent log, ActorPath path)
    {
        var level = Level(log.LogLevel());
        if (_logger.IsEnabled(level)) _logger.Log(level, default, new LogState(log, path), log.Cause, static (state, _) => state.ToString());
    }

    private static LogLevel Level(Event.LogLevel level) => level switch
    {
        Event.LogLevel.DebugLevel => LogLevel.Debug,
        Event.LogLevel.InfoLevel => LogLevel.Information,
        Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
