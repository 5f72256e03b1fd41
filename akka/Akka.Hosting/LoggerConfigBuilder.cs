using System.Text;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Hosting;

/// <summary>Configures which loggers an actor system starts, by default <see cref="DefaultLogger"/> on Info, and what they get to see.</summary>
public sealed class LoggerConfigBuilder
{
    private readonly List<Type> _loggers = [typeof(DefaultLogger)];
    private Type _formatter = typeof(DefaultLogMessageFormatter);

    internal LoggerConfigBuilder(AkkaConfigurationBuilder builder) => Builder = builder;

    public LogLevel LogLevel { get; set; } = LogLevel.InfoLevel;

    /// <summary>Logs the whole configuration when the system starts.</summary>
    public bool LogConfigOnStart { get; set; }
    public DeadLetterOptions? DeadLetterOptions { get; set; }
    public DebugOptions? DebugOptions { get; set; }
    internal AkkaConfigurationBuilder Builder { get; }

    /// <summary>Drops all loggers, the default one too.</summary>
    public LoggerConfigBuilder ClearLoggers()
    {
        _loggers.Clear();
        return this;
    }

    public LoggerConfigBuilder AddLogger<T>() where T : IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        _loggers.Add(typeof(T));
        return this;
    }

    public LoggerConfigBuilder WithDefaultLogMessageFormatter<T>() where T : ILogMessageFormatter
    {
        if (typeof(T).GetConstructor(Type.EmptyTypes) is null)
            throw new ConfigurationException($"Log message formatter [{typeof(T)}] needs a public constructor without parameters.");
        _formatter = typeof(T);
        return this;
    }

    internal Config ToConfig()
    {
        var hocon = new StringBuilder()
            .Append("akka.loglevel = ").Append(Name(LogLevel)).Append('\n')
            .Append("akka.log-config-on-start = ").Append(LogConfigOnStart ? "true" : "false").Append('\n')
            .Append("akka.logger-formatter = ").Append(_formatter.AssemblyQualifiedName.ToHocon()).Append('\n')
            .Append("akka.loggers = [");
        for (var i = 0; i < _loggers.Count; i++) hocon.Append(i == 0 ? "\"" : ",\"").Append(_loggers[i].AssemblyQualifiedName).Append('"');
        return ConfigurationFactory.ParseString(hocon.Append("]\n").Append(DebugOptions).Append(DeadLetterOptions).ToString());
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.DebugLevel => "Debug",
        LogLevel.InfoLevel => "Info",
        LogLevel.WarningLevel => "Warning",
        LogLevel.ErrorLevel => "Error",
        _ => throw new ConfigurationException($"Unknown log level {level}: allowed are Debug, Info, Warning and Error."),
    };
}
