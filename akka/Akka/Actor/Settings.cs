using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The <c>akka</c> section of a system's configuration, read once.</summary>
public class Settings
{
    private Config _userConfig;

    public Settings(ActorSystem system, Config config) : this(system, config, ActorSystemSetup.Empty) { }

    public Settings(ActorSystem system, Config config, ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        _userConfig = config;
        var defaults = ConfigurationFactory.Default();
        Config = ReferenceEquals(config, defaults) ? config : config.WithFallback(defaults);
        var actor = Config.GetConfig("akka.actor")!;
        var debug = actor.GetConfig("debug")!;

        var bootstrap = setup.Get<BootstrapSetup>();
        ProviderSelectionType = bootstrap.HasValue && bootstrap.Value.ActorRefProvider.HasValue
            ? bootstrap.Value.ActorRefProvider.Value
            : ProviderSelection.GetProvider(actor.GetString("provider", "local")!);
        ProviderClass = ProviderSelectionType.Fqn;
        HasCluster = ProviderSelectionType.HasCluster;

        SupervisorStrategyClass = actor.GetString("guardian-supervisor-strategy")!;
        AskTimeout = actor.GetTimeSpan("ask-timeout", Timeout.InfiniteTimeSpan);
        AddLoggingReceive = debug.GetBoolean("receive");
        DebugAutoReceive = debug.GetBoolean("autoreceive");
        DebugLifecycle = debug.GetBoolean("lifecycle");
        DebugEventStream = debug.GetBoolean("event-stream");
        DebugUnhandledMessage = debug.GetBoolean("unhandled");
        DebugTimerScheduler = debug.GetBoolean("log-timers");
        DebugRouterMisconfiguration = debug.GetBoolean("router-misconfiguration");

        ReadLogging();
        SchedulerClass = Config.GetString("akka.scheduler.implementation")!;
        DefaultVirtualNodesFactor = actor.GetInt("deployment.default.virtual-nodes-factor", 10);
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        CoordinatedShutdownRunByClrHook = Config.GetBoolean("akka.coordinated-shutdown.run-by-clr-shutdown-hook");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
            throw new ConfigurationException("akka.coordinated-shutdown.run-by-actor-system-terminate=on and akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration combination.");
    }

    public ActorSystem System { get; }
    public ActorSystemSetup Setup { get; }
    public Config Config { get; private set; }
    public ProviderSelection ProviderSelectionType { get; }
    public string ProviderClass { get; }
    public bool HasCluster { get; }
    public string SupervisorStrategyClass { get; }

    /// <summary>How long an Ask without a time-out of its own waits; infinite by default.</summary>
    public TimeSpan AskTimeout { get; }
    public IList<string> Loggers { get; private set; } = [];
    public string LoggersDispatcher { get; private set; } = "";
    public TimeSpan LoggerStartTimeout { get; private set; }
    public bool LoggerAsyncStart { get; private set; }
    public string LogLevel { get; private set; } = "";
    public string StdoutLogLevel { get; private set; } = "";
    public MinimalLogger StdoutLogger { get; private set; } = null!;
    public ILogMessageFormatter LogFormatter { get; private set; } = null!;
    public LogFilterEvaluator LogFilter { get; private set; } = null!;
    public bool LogConfigOnStart { get; private set; }

    /// <summary>How many dead letters are logged before the log falls silent; 0 for none, int.MaxValue for all.</summary>
    public int LogDeadLetters { get; private set; }
    public bool LogDeadLettersDuringShutdown { get; private set; }
    public TimeSpan LogDeadLettersSuspendDuration { get; private set; }
    public bool AddLoggingReceive { get; }
    public bool DebugAutoReceive { get; }
    public bool DebugLifecycle { get; }
    public bool DebugEventStream { get; }
    public bool DebugUnhandledMessage { get; }
    public bool DebugRouterMisconfiguration { get; }
    public bool DebugTimerScheduler { get; }
    public string SchedulerClass { get; }
    public int DefaultVirtualNodesFactor { get; }
    public bool CoordinatedShutdownTerminateActorSystem { get; }
    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }
    internal bool CoordinatedShutdownRunByClrHook { get; }

    /// <summary>Adds defaults below what the user configured; extensions do so when they are made.</summary>
    public void InjectTopLevelFallback(Config config)
    {
        Config = Config.WithFallback(config);
        _userConfig = _userConfig.WithFallback(config);
    }

    private void ReadLogging()
    {
        Loggers = Config.GetStringList("akka.loggers", []);
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher")!;
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        LoggerAsyncStart = Config.GetBoolean("akka.logger-async-start");
        LogLevel = Config.GetString("akka.loglevel")!;
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel")!;
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        var stdout = Config.GetString("akka.stdout-logger-class", "")!;
        StdoutLogger = stdout is "" or "Akka.Event.StandardOutLogger" ? new StandardOutLogger() : Make<MinimalLogger>(stdout, "akka.stdout-logger-class");
        var formatter = Config.GetString("akka.logger-formatter", "")!;
        LogFormatter = formatter is "" || formatter.StartsWith("Akka.Event.DefaultLogMessageFormatter", StringComparison.Ordinal)
            ? DefaultLogMessageFormatter.Instance
            : Make<ILogMessageFormatter>(formatter, "akka.logger-formatter");
        var filters = Setup.Get<LogFilterSetup>();
        LogFilter = filters.HasValue ? filters.Value.CreateEvaluator() : LogFilterEvaluator.NoFilters;

        LogDeadLetters = Config.GetString("akka.log-dead-letters") switch
        {
            "on" or "true" or "yes" => int.MaxValue,
            "off" or "false" or "no" => 0,
            _ => Config.GetInt("akka.log-dead-letters"),
        };
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.GetString("akka.log-dead-letters-suspend-duration") is "infinite"
            ? Timeout.InfiniteTimeSpan
            : Config.GetTimeSpan("akka.log-dead-letters-suspend-duration");
    }

    private static T Make<T>(string typeName, string key) => Type.GetType(typeName) is { } type && typeof(T).IsAssignableFrom(type)
        ? (T)ActorFactory.Create(type, [])
        : throw new ConfigurationException($"{key} is [{typeName}], which is no {typeof(T)} that can be found.");

    public override string ToString() => Config.ToString();
}
