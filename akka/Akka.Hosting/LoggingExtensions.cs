using Akka.Event;
using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting;

/// <summary>Configures the loggers of an actor system.</summary>
public static class LoggingExtensions
{
    /// <summary>Configures the loggers. It wins over HOCON that was added before.</summary>
    public static AkkaConfigurationBuilder ConfigureLoggers(this AkkaConfigurationBuilder builder, Action<LoggerConfigBuilder> configurator)
    {
        var loggers = new LoggerConfigBuilder(builder);
        configurator(loggers);
        return builder.AddHocon(loggers.ToConfig(), HoconAddMode.Prepend);
    }

    /// <summary>Logs to the console.</summary>
    public static LoggerConfigBuilder AddDefaultLogger(this LoggerConfigBuilder configBuilder) => configBuilder.AddLogger<DefaultLogger>();

    /// <summary>Logs through the host's <see cref="ILoggerFactory"/>.</summary>
    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder) => configBuilder.AddLogger<LoggerFactoryLogger>();

    /// <summary>Logs through another <see cref="ILoggerFactory"/> than the host's.</summary>
    public static LoggerConfigBuilder AddLoggerFactory(this LoggerConfigBuilder configBuilder, ILoggerFactory loggerFactory)
    {
        configBuilder.Builder.AddSetup(new LoggerFactorySetup(loggerFactory));
        return configBuilder.AddLoggerFactory();
    }
}
