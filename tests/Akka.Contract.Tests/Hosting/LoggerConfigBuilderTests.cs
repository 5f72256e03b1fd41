using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Akka.Contract.Tests.Hosting;

/// <summary>The HOCON that ConfigureLoggers makes.</summary>
public sealed class LoggerConfigBuilderTests
{
    private readonly AkkaConfigurationBuilder _builder = new(new ServiceCollection(), "loggers");

    [Fact]
    public void Defaults_AreTheDefaultLoggerOnInfo()
    {
        var config = _builder.ConfigureLoggers(_ => { }).Configuration.Value;
        Assert.Equal("Info", config.GetString("akka.loglevel"));
        Assert.False(config.GetBoolean("akka.log-config-on-start"));
        Assert.StartsWith(typeof(DefaultLogger).FullName!, Assert.Single(config.GetStringList("akka.loggers")), StringComparison.Ordinal);
        Assert.False(config.HasPath("akka.log-dead-letters"));
        Assert.False(config.HasPath("akka.actor.debug"));
    }

    [Fact]
    public void ClearLoggers_LeavesThoseAddedAfterwards()
    {
        var config = _builder.ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory()).Configuration.Value;
        Assert.StartsWith(typeof(LoggerFactoryLogger).FullName!, Assert.Single(config.GetStringList("akka.loggers")), StringComparison.Ordinal);
    }

    [Fact]
    public void AddLoggers_AddsToTheDefaultOne()
    {
        var config = _builder.ConfigureLoggers(loggers => loggers.AddDefaultLogger().AddLogger<LoggerFactoryLogger>()).Configuration.Value;
        Assert.Equal(3, config.GetStringList("akka.loggers").Count);
    }

    [Fact]
    public void AddLoggerFactory_OwnFactory_AddsItsSetup()
    {
        _builder.ConfigureLoggers(loggers => loggers.AddLoggerFactory(NullLoggerFactory.Instance));
        Assert.Same(NullLoggerFactory.Instance, Assert.IsType<LoggerFactorySetup>(Assert.Single(_builder.Setups)).LoggerFactory);
    }

    [Fact]
    public void Options_WinOverEarlierHocon()
    {
        var config = _builder
            .AddHocon("akka.loglevel = DEBUG, akka.log-dead-letters = on", HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = LogLevel.ErrorLevel;
                loggers.LogConfigOnStart = true;
                loggers.DebugOptions = new DebugOptions { Receive = true, AutoReceive = true, LifeCycle = false, FiniteStateMachine = true, EventStream = true, Unhandled = true, RouterMisconfiguration = true };
                loggers.DeadLetterOptions = new DeadLetterOptions { LogCount = 99, LogDuringShutdown = false, LogSuspendDuration = TimeSpan.Zero };
            }).Configuration.Value;

        Assert.Equal("Error", config.GetString("akka.loglevel"));
        Assert.True(config.GetBoolean("akka.log-config-on-start"));
        Assert.True(config.GetBoolean("akka.actor.debug.receive"));
        Assert.True(config.GetBoolean("akka.actor.debug.autoreceive"));
        Assert.False(config.GetBoolean("akka.actor.debug.lifecycle", true));
        Assert.True(config.GetBoolean("akka.actor.debug.fsm"));
        Assert.True(config.GetBoolean("akka.actor.debug.event-stream"));
        Assert.True(config.GetBoolean("akka.actor.debug.unhandled"));
        Assert.True(config.GetBoolean("akka.actor.debug.router-misconfiguration"));
        Assert.Equal(99, config.GetInt("akka.log-dead-letters"));
        Assert.False(config.GetBoolean("akka.log-dead-letters-during-shutdown", true));
        Assert.Equal("infinite", config.GetString("akka.log-dead-letters-suspend-duration"));
    }

    [Theory]
    [InlineData(TriStateValue.All, "on")]
    [InlineData(TriStateValue.None, "off")]
    [InlineData(TriStateValue.Some, "10")]
    public void DeadLetterOptions_ShouldLog_IsOnOffOrACount(TriStateValue value, string expected)
    {
        var config = ConfigurationFactory.ParseString(new DeadLetterOptions { ShouldLog = value, LogCount = 10 }.ToString());
        Assert.Equal(expected, config.GetString("akka.log-dead-letters"));
    }

    [Fact]
    public void DebugOptions_NothingSet_IsEmpty() => Assert.Equal("", new DebugOptions().ToString());
}
