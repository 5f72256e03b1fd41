using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Event;

/// <summary>An event bus that owns the loggers and the level from which on they are subscribed.</summary>
public class LoggingBus : ActorEventBus<object, Type>
{
    /// <summary>Neither found nor made by its name, which would cost every start milliseconds.</summary>
    private const string Default = "Akka.Event.DefaultLogger";

    private static int _loggerId;

    private readonly Lock _gate = new();
    private readonly List<IActorRef> _loggers = [];
    private bool _stopped;

    public LogLevel LogLevel { get; private set; }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);
    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event);
    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return @event.GetType();
    }

    /// <summary>Subscribes the loggers from this level on. A logging adapter keeps the level that it found when it was made.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        lock (_gate)
        {
            LogLevel = logLevel;
            foreach (var logger in _loggers)
            {
                SubscribeFrom(logLevel, logger);
                for (var below = LogLevel.DebugLevel; below < logLevel && below <= LogLevel.ErrorLevel; below++) Unsubscribe(logger, below.ClassFor());
            }
        }
    }

    /// <summary>Logs to the console until the configured loggers run.</summary>
    public void StartStdoutLogger(Settings config)
    {
        config.StdoutLogger.Filter = config.LogFilter;
        SubscribeFrom(Logging.LogLevelFor(config.StdoutLogLevel), config.StdoutLogger);
        PublishDebug(SimpleName(this), $"{SimpleName(config.StdoutLogger)} started");
    }

    /// <summary>Starts the actors named by akka.loggers and waits for them, at most akka.logger-startup-timeout in all.</summary>
    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var source = SimpleName(this) + "(" + system.Name + ")";
        LogLevel = Logging.LogLevelFor(settings.LogLevel);
        var starting = new List<LoggerStart>();
        var keepsStdout = false;
        foreach (var name in settings.Loggers)
        {
            var type = (name == Default ? typeof(DefaultLogger) : Type.GetType(name)) ?? throw new ConfigurationException(
                $"akka.loggers names '{name}', which is no known type; allowed are actors and MinimalLoggers, given as 'Namespace.Type, Assembly'.");
            if (typeof(MinimalLogger).IsAssignableFrom(type)) keepsStdout = true;
            else starting.Add(StartLogger(system, type, source));
        }

        var started = Environment.TickCount64;
        foreach (var start in starting)
        {
            var left = settings.LoggerStartTimeout.TotalMilliseconds - (Environment.TickCount64 - started);
            if (start.Answered.Wait((int)Math.Clamp(left, 0, int.MaxValue))) continue;
            Publish(new Warning(source, GetType(), $"{start} did not answer InitializeLogger within {settings.LoggerStartTimeout} (akka.logger-startup-timeout): the start goes on and it misses events until it does"));
        }

        if (settings.DebugUnhandledMessage) Subscribe(new UnhandledMessageForwarder(this, system), typeof(UnhandledMessage));
        if (!keepsStdout) Unsubscribe(settings.StdoutLogger);
        PublishDebug(source, "Loggers started");
    }

    /// <summary>Stops the loggers; the console takes over what is logged from then on.</summary>
    internal void StopDefaultLoggers(ActorSystem system)
    {
        StartStdoutLogger(system.Settings);
        IActorRef[] loggers;
        lock (_gate)
        {
            _stopped = true;
            loggers = [.. _loggers];
            _loggers.Clear();
        }
        foreach (var logger in loggers)
        {
            Unsubscribe(logger);
            ((IInternalActorRef)logger).Stop();
        }
        PublishDebug(SimpleName(this), "Loggers stopped");
    }

    private LoggerStart StartLogger(ActorSystemImpl system, Type type, string source)
    {
        var name = "log" + Interlocked.Increment(ref _loggerId) + "-" + SimpleName(type);
        var props = type == typeof(DefaultLogger) ? new DirectProps(type, static () => new DefaultLogger()) : Props.Create(type);
        var logger = system.SystemActorOf(props.WithDispatcher(system.Settings.LoggersDispatcher), name);
        var start = new LoggerStart(this, system, logger, source, $"Logger {name} [{type.FullName}]");
        logger.Tell(new InitializeLogger(this), start);
        return start;
    }

    private void OnLoggerAnswered(LoggerStart start, object answer)
    {
        if (answer is LoggerInitialized && TryAdd(start.Logger))
        {
            PublishDebug(start.Source, start + " started");
            return;
        }
        if (answer is not LoggerInitialized)
            Publish(new Error(null, start.Source, GetType(), $"{start} answered InitializeLogger with {answer.GetType()}, not with LoggerInitialized: it is stopped"));
        Unsubscribe(start.Logger);
        ((IInternalActorRef)start.Logger).Stop();
    }

    // Under the gate: a logger that answers late must neither miss a SetLogLevel nor outlive StopDefaultLoggers.
    private bool TryAdd(IActorRef logger)
    {
        lock (_gate)
        {
            if (_stopped) return false;
            _loggers.Add(logger);
            SubscribeFrom(LogLevel, logger);
            return true;
        }
    }

    private void SubscribeFrom(LogLevel logLevel, IActorRef logger)
    {
        for (var level = logLevel; level <= LogLevel.ErrorLevel; level++) Subscribe(logger, level.ClassFor());
    }

    private void PublishDebug(string source, string message) => Publish(new Debug(source, GetType(), message));

    /// <summary>Receives a logger's answer. Lighter than Ask on the way to a running system.</summary>
    private sealed class LoggerStart(LoggingBus bus, ActorSystemImpl system, IActorRef logger, string source, string description) : MinimalActorRef
    {
        internal readonly ManualResetEventSlim Answered = new();
        internal IActorRef Logger => logger;
        internal string Source => source;
        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/LoggerStart");
        public override IActorRefProvider Provider => system.Provider;

        public override string ToString() => description;

        protected override void TellInternal(object message, IActorRef? sender)
        {
            if (Answered.IsSet) return;
            bus.OnLoggerAnswered(this, message);
            Answered.Set();
        }
    }

    /// <summary>Turns unhandled messages into debug events (akka.actor.debug.unhandled).</summary>
    private sealed class UnhandledMessageForwarder(LoggingBus bus, ActorSystemImpl system) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/UnhandledMessageForwarder");
        public override IActorRefProvider Provider => system.Provider;

        protected override void TellInternal(object message, IActorRef? sender)
        {
            if (message is not UnhandledMessage unhandled) return;
            var from = unhandled.Sender is null ? "NoSender" : unhandled.Sender.Path.ToString();
            // The text is made by the logger: a message whose ToString fails must not fail the actor that left it unhandled.
            var text = new TemplateLogMessage(DefaultLogMessageFormatter.Instance, "Unhandled message from {0} : {1}", [from, unhandled.Message]);
            bus.Publish(new Debug(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), text));
        }
    }
}
