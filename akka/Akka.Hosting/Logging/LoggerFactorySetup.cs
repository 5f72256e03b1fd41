using Akka.Actor.Setup;
using Microsoft.Extensions.Logging;

namespace Akka.Hosting.Logging;

/// <summary>The factory that <see cref="LoggerFactoryLogger"/> logs through.</summary>
public class LoggerFactorySetup(ILoggerFactory loggerFactory) : Setup
{
    public ILoggerFactory LoggerFactory { get; } = loggerFactory;
}
