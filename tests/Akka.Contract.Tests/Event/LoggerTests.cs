using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Contract.Tests.Events;

/// <summary>Loggers: actors of the configuration that get the events from the level on.</summary>
public sealed class LoggerTests() : Akka.TestKit.Xunit2.TestKit($"""
    akka.loglevel = WARNING
    akka.loggers = ["{typeof(Recorder).AssemblyQualifiedName}"]
    """)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void Logger_AtStart_GetsEventsFromTheConfiguredLevelOn()
    {
        Listen();

        PublishAllLevels();

        ExpectMsg<Warning>();
        ExpectMsg<Error>();
    }

    [Fact]
    public void SetLogLevel_Lower_SubscribesLoggersToMore()
    {
        Listen();

        Sys.EventStream.SetLogLevel(LogLevel.DebugLevel);
        PublishAllLevels();

        Assert.Equal(LogLevel.DebugLevel, Sys.EventStream.LogLevel);
        ExpectMsg<Debug>();
        ExpectMsg<Info>();
        ExpectMsg<Warning>();
        ExpectMsg<Error>();
    }

    [Fact]
    public void SetLogLevel_Higher_UnsubscribesLoggersFromWhatIsBelow()
    {
        Listen();

        Sys.EventStream.SetLogLevel(LogLevel.ErrorLevel);
        PublishAllLevels();
        PublishAllLevels();

        ExpectMsg<Error>();
        ExpectMsg<Error>();
    }

    [Fact]
    public void Loggers_UnknownType_FailTheStart()
    {
        var error = Assert.Throws<ConfigurationException>(() => ActorSystem.Create("unknown-logger", """akka.loggers = ["No.Such.Logger, Nowhere"]"""));

        Assert.Contains("No.Such.Logger, Nowhere", error.Message);
    }

    [Fact]
    public async Task Loggers_SilentOne_DelaysTheStartNoLongerThanTheTimeout()
    {
        var system = ActorSystem.Create("silent-logger", $"""
            akka.loggers = ["{typeof(Silent).AssemblyQualifiedName}"]
            akka.logger-startup-timeout = 50ms
            akka.stdout-loglevel = OFF
            """);

        Assert.False(system.WhenTerminated.IsCompleted);

        await system.Terminate().WaitAsync(Limit);
    }

    [Fact]
    public async Task StdoutLogger_BeforeAndAfterTheLoggers_GetsTheEvents()
    {
        var source = Guid.NewGuid().ToString();
        var system = ActorSystem.Create("stdout-logger", $"""
            akka.loglevel = OFF
            akka.loggers = []
            akka.stdout-loglevel = ERROR
            akka.stdout-logger-class = "{typeof(Collector).AssemblyQualifiedName}"
            """);
        system.EventStream.Publish(new Error(null, source, typeof(LoggerTests), "while running"));

        await system.Terminate().WaitAsync(Limit);
        system.EventStream.Publish(new Warning(source, typeof(LoggerTests), "below its level"));
        system.EventStream.Publish(new Error(null, source, typeof(LoggerTests), "after the stop"));

        Assert.Contains(Collector.Events, e => e.LogSource == source && e.Message is "after the stop");
        Assert.DoesNotContain(Collector.Events, e => e.LogSource == source && e.Message is "while running" or "below its level");
    }

    private void Listen()
    {
        IgnoreMessages<LogEvent>(e => e.LogSource != "spec");
        Sys.EventStream.Publish(new Target(TestActor));
        ExpectMsg("recording", Limit);
    }

    private void PublishAllLevels()
    {
        Sys.EventStream.Publish(new Debug("spec", typeof(LoggerTests), "d"));
        Sys.EventStream.Publish(new Info("spec", typeof(LoggerTests), "i"));
        Sys.EventStream.Publish(new Warning("spec", typeof(LoggerTests), "w"));
        Sys.EventStream.Publish(new Error(null, "spec", typeof(LoggerTests), "e"));
    }

    private sealed record Target(IActorRef Actor);

    private sealed class Recorder : ReceiveActor
    {
        private IActorRef _target = ActorRefs.Nobody;

        public Recorder()
        {
            Receive<InitializeLogger>(init =>
            {
                init.LoggingBus.Subscribe(Self, typeof(Target));
                Sender.Tell(new LoggerInitialized());
            });
            Receive<Target>(target =>
            {
                _target = target.Actor;
                _target.Tell("recording");
            });
            Receive<LogEvent>(e => _target.Tell(e));
        }
    }

    private sealed class Silent : ReceiveActor
    {
        public Silent() => ReceiveAny(_ => { });
    }

    private sealed class Collector : MinimalLogger
    {
        internal static readonly ConcurrentQueue<LogEvent> Events = new();

        protected override void Log(object message)
        {
            if (message is LogEvent e) Events.Enqueue(e);
        }
    }
}

/// <summary>akka.actor.debug.unhandled: unhandled messages show in the debug log.</summary>
public sealed class UnhandledMessageLogTests() : Akka.TestKit.Xunit2.TestKit("""
    akka.loglevel = DEBUG
    akka.actor.debug.unhandled = on
    """)
{
    [Fact]
    public void UnhandledMessage_Published_IsLoggedUnderItsRecipient()
    {
        var recipient = CreateTestProbe().Ref;
        var logged = CreateTestProbe();
        logged.IgnoreMessages<Debug>(e => e.LogSource != recipient.Path.ToString());
        Sys.EventStream.Subscribe(logged.Ref, typeof(Debug));

        Sys.EventStream.Publish(new UnhandledMessage("forty-two", TestActor, recipient));
        Assert.Contains("forty-two", logged.ExpectMsg<Debug>().Message.ToString());

        Sys.EventStream.Publish(new UnhandledMessage("forty-three", ActorRefs.NoSender, recipient));
        Assert.Contains("forty-three", logged.ExpectMsg<Debug>().Message.ToString());
    }
}
