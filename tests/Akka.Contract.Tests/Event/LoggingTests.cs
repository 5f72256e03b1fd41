using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Events;

/// <summary>What a logging call publishes, at loglevel INFO.</summary>
public sealed class LoggingTests : Akka.TestKit.Xunit2.TestKit
{
    private readonly ILoggingAdapter _log;

    public LoggingTests() : base("akka.loglevel = INFO")
    {
        _log = Logging.GetLogger(Sys.EventStream, "spec");
        IgnoreMessages<LogEvent>(e => e.LogSource != "spec");
        Sys.EventStream.Subscribe(TestActor, typeof(LogEvent));
    }

    [Fact]
    public void Adapter_Level_IsTheSystems()
    {
        Assert.False(_log.IsDebugEnabled);
        Assert.True(_log.IsInfoEnabled);
        Assert.True(_log.IsWarningEnabled);
        Assert.True(_log.IsErrorEnabled);
        Assert.False(_log.IsEnabled(LogLevel.DebugLevel));
        Assert.True(_log.IsEnabled(LogLevel.InfoLevel));
    }

    [Fact]
    public void SystemLog_Level_IsTheSystems()
    {
        Assert.False(Sys.Log.IsDebugEnabled);
        Assert.True(Sys.Log.IsInfoEnabled);
    }

    [Fact]
    public void Call_BelowTheLevel_PublishesNothing()
    {
        _log.Debug("plain");
        _log.Debug("{0}", new Unprintable());
        _log.Debug(new InvalidOperationException(), "{0} {1}", new Unprintable(), 2);
        _log.Info("sentinel");

        Assert.Equal("sentinel", ExpectMsg<LogEvent>().Message);
    }

    [Fact]
    public void Call_WithTemplate_CarriesTemplateAndArguments()
    {
        _log.Info("{0} of {1}", 3, "seven");

        var message = Assert.IsAssignableFrom<LogMessage>(ExpectMsg<Info>().Message);
        Assert.Equal("{0} of {1}", message.Format);
        Assert.Equal([3, "seven"], message.Parameters());
        Assert.Equal("3 of seven", message.ToString());
    }

    [Fact]
    public void Call_WithArgumentArray_FormatsEachElement()
    {
        _log.Warning("{0}{1}{2}{3}{4}", [1, 2, 3, 4, 5]);

        Assert.Equal("12345", ExpectMsg<Warning>().Message.ToString());
    }

    [Fact]
    public void Call_WithoutArguments_IsNotFormatted()
    {
        _log.Info("{no} {template");

        Assert.Equal("{no} {template", ExpectMsg<Info>().Message);
    }

    [Fact]
    public void Call_WithCause_CarriesIt()
    {
        var cause = new InvalidOperationException("broken");

        _log.Error(cause, "failed {0}", 1);

        var error = ExpectMsg<Error>();
        Assert.Same(cause, error.Cause);
        Assert.Equal("failed 1", error.Message.ToString());
        Assert.Contains("failed 1", error.ToString());
        Assert.Contains("spec", error.ToString());
        Assert.Contains("broken", error.ToString());
    }

    [Theory]
    [InlineData(LogLevel.InfoLevel, typeof(Info))]
    [InlineData(LogLevel.WarningLevel, typeof(Warning))]
    [InlineData(LogLevel.ErrorLevel, typeof(Error))]
    public void Log_Level_PublishesItsEventClass(LogLevel level, Type eventClass)
    {
        _log.Log(level, null, "plain");

        var logEvent = ExpectMsg<LogEvent>();
        Assert.IsType(eventClass, logEvent);
        Assert.Equal(level, logEvent.LogLevel());
        Assert.Null(logEvent.Cause);
    }

    [Fact]
    public void Formatter_OfTheAdapter_FormatsItsTemplates()
    {
        var log = Logging.GetLogger(Sys.EventStream, "spec", new Shouting());

        log.Info("{0}", "loud");

        Assert.Equal("{0}! loud!", ExpectMsg<Info>().Message.ToString());
    }

    [Fact]
    public void Source_StringOnBus_IsThatString()
    {
        _log.Info("x");

        Assert.Equal(typeof(DummyClassForStringSources), ExpectMsg<Info>().LogClass);
    }

    [Fact]
    public void Source_OfSystemLogger_NamesTheSystem()
    {
        Assert.Equal($"spec ({Sys})", LogSource.Create("spec", Sys).Source);
        Assert.Equal($"LoggingTests ({Sys})", LogSource.Create(this, Sys).Source);
        Assert.Equal(typeof(LoggingTests), LogSource.Create(typeof(LoggingTests), Sys).Type);
    }

    [Fact]
    public void Source_OfActorLogger_IsItsPathAndClass()
    {
        var probe = CreateTestProbe();
        probe.IgnoreMessages<Info>(info => info.Message is not "here");
        Sys.EventStream.Subscribe(probe.Ref, typeof(Info));
        var actor = Sys.ActorOf(Props.Create(() => new Talker()), "talker");

        actor.Tell("here");

        var info = probe.ExpectMsg<Info>();
        Assert.Equal(actor.Path.ToString(), info.LogSource);
        Assert.Equal(typeof(Talker), info.LogClass);
    }

    [Fact]
    public void NoLogger_EveryLevel_IsDisabled()
    {
        Assert.False(NoLogger.Instance.IsErrorEnabled);
        Assert.False(NoLogger.Instance.IsEnabled(LogLevel.ErrorLevel));
        NoLogger.Instance.Error("dropped");
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.DebugLevel, typeof(Debug))]
    [InlineData("INFO", LogLevel.InfoLevel, typeof(Info))]
    [InlineData("WARNING", LogLevel.WarningLevel, typeof(Warning))]
    [InlineData("ERROR", LogLevel.ErrorLevel, typeof(Error))]
    public void LogLevel_NameAndClass_Correspond(string name, LogLevel level, Type eventClass)
    {
        Assert.Equal(level, Logging.LogLevelFor(name));
        Assert.Equal(level, Logging.LogLevelFor(name.ToLowerInvariant()));
        Assert.Equal(name, level.StringFor());
        Assert.Equal(eventClass, level.ClassFor());
    }

    [Fact]
    public void LogLevelFor_UnknownName_Throws()
    {
        Assert.Throws<ArgumentException>(() => Logging.LogLevelFor("LOUD"));
        Assert.True(Logging.LogLevelFor("off") > LogLevel.ErrorLevel);
    }

    private sealed class Unprintable
    {
        public override string ToString() => throw new InvalidOperationException("formatted although it is below the level");
    }

    private sealed class Shouting : ILogMessageFormatter
    {
        public string Format(string format, params object[] args) => $"{format}! {string.Join(' ', args)}!";

        public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
    }

    private sealed class Talker : ReceiveActor
    {
        public Talker()
        {
            var log = Context.GetLogger();
            Receive<string>(text => log.Info(text));
        }
    }
}
