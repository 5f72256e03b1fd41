using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using AkkaLogLevel = Akka.Event.LogLevel;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Akka.Contract.Tests.Hosting;

/// <summary>The bridge from Akka's log events to Microsoft.Extensions.Logging.</summary>
public sealed class LoggerFactoryLoggerTests : IAsyncLifetime, IDisposable
{
    private readonly CapturingLoggerProvider _log = new();
    private readonly ILoggerFactory _ownFactory;
    private readonly CapturingLoggerProvider _ownLog = new();
    private IHost? _host;

    public LoggerFactoryLoggerTests() =>
        _ownFactory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_ownLog));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.StopAndDisposeAsync();
    }

    public void Dispose()
    {
        _ownFactory.Dispose();
        _ownLog.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(AkkaLogLevel.DebugLevel, LogLevel.Debug)]
    [InlineData(AkkaLogLevel.InfoLevel, LogLevel.Information)]
    [InlineData(AkkaLogLevel.WarningLevel, LogLevel.Warning)]
    [InlineData(AkkaLogLevel.ErrorLevel, LogLevel.Error)]
    public async Task Log_Level_IsMapped(AkkaLogLevel level, LogLevel expected)
    {
        var system = await StartAsync(AkkaLogLevel.DebugLevel);
        system.Log.Log(level, null!, "level-probe");
        var entry = await _log.FirstAsync(entry => Contains(entry, "level-probe"));
        Assert.Equal(expected, entry.Level);
        Assert.Equal(typeof(ActorSystem).FullName, entry.Category);
        Assert.Null(entry.Exception);
    }

    [Fact]
    public async Task Log_BelowTheConfiguredLevel_IsNotLogged()
    {
        var system = await StartAsync(AkkaLogLevel.WarningLevel);
        system.Log.Info("too low");
        system.Log.Warning("high enough");
        await _log.FirstAsync(entry => Contains(entry, "high enough"));
        Assert.DoesNotContain(_log.Seen, entry => Contains(entry, "too low"));
    }

    [Fact]
    public async Task Log_Exception_IsPassedOn()
    {
        var system = await StartAsync(AkkaLogLevel.InfoLevel);
        var cause = new InvalidTimeZoneException("cause");
        system.Log.Error(cause, "failed on {0}", "purpose");
        var entry = await _log.FirstAsync(entry => Contains(entry, "failed on purpose"));
        Assert.Same(cause, entry.Exception);
    }

    /// <summary>Versions up to 1.5.5x of the official bridge pass the log event itself and have no fields.</summary>
    [Fact]
    public async Task Log_FromAnActor_HasFieldsThatNameIt()
    {
        var system = await StartAsync(AkkaLogLevel.InfoLevel);
        var actor = system.ActorOf(Props.Create<Talker>(), "talker");
        actor.Tell("hello");
        var entry = await _log.FirstAsync(entry => Contains(entry, "talker heard hello"));
        if (entry.State is LogEvent logEvent)
        {
            Assert.Contains("/user/talker", logEvent.LogSource, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(actor.Path.ToString(), entry.Fields["ActorPath"]!.ToString());
        Assert.Contains("/user/talker", entry.Fields["LogSource"]!.ToString(), StringComparison.Ordinal);
        Assert.IsType<int>(entry.Fields["Thread"]);
        Assert.NotNull(entry.Fields["Timestamp"]);
        Assert.Equal("talker heard {0}", entry.Fields["{OriginalFormat}"]);
        Assert.Equal("hello", entry.Fields["0"]);
    }

    [Fact]
    public async Task AddLoggerFactory_OwnFactory_TakesThePlaceOfTheHosts()
    {
        var system = await StartAsync(loggers => loggers.ClearLoggers().AddLoggerFactory(_ownFactory));
        system.Log.Warning("own factory");
        await _ownLog.FirstAsync(entry => Contains(entry, "own factory"));
        Assert.DoesNotContain(_log.Seen, entry => Contains(entry, "own factory"));
    }

    private static bool Contains(LogEntry entry, string text) => entry.Text.Contains(text, StringComparison.Ordinal);

    private Task<ActorSystem> StartAsync(AkkaLogLevel level) => StartAsync(loggers =>
    {
        loggers.LogLevel = level;
        loggers.ClearLoggers().AddLoggerFactory();
    });

    private async Task<ActorSystem> StartAsync(Action<LoggerConfigBuilder> loggers)
    {
        _host = await AkkaHost.StartAsync(akka => akka.ConfigureLoggers(loggers), builder => builder.Logging.AddProvider(_log));
        return _host.System();
    }

    private sealed class Talker : ReceiveActor
    {
        public Talker()
        {
            var log = Context.GetLogger();
            Receive<string>(text => log.Info("talker heard {0}", text));
        }
    }
}
