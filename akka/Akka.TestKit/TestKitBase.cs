using System.Diagnostics;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// An actor system under test with a test actor, whose messages the test expects in order. The test actor is the sender of what the test tells
/// without a sender (see <see cref="INoImplicitSender"/>). Every waiting member exists blocking and awaitable with one implementation: with
/// <c>async: false</c> it never yields, so that its task is complete when it returns.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static readonly Lazy<Config> Defaults = new(() => ConfigurationFactory.FromResource<TestKitBase>("Akka.TestKit.Internal.Reference.conf"));
    private static readonly long StartTicks = TimeProvider.System.GetUtcNow().UtcTicks - Stopwatch.GetElapsedTime(0).Ticks;
    private static int _testActorId;

    private readonly ITestKitAssertions _assertions;
    private TestActorQueue _queue = null!;
    private MessageEnvelope _lastMessage = NullMessageEnvelope.Instance;
    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config, string? actorSystemName, string? testActorName)
    {
        _assertions = assertions ?? throw new ArgumentNullException(nameof(assertions), "A test kit needs the assertions of a test framework");
        InitializeTest(system!, config, actorSystemName!, testActorName!);
    }

    public static Config DefaultConfig => Defaults.Value;

    public static Config FullDebugConfig => ConfigurationFactory.ParseString("""
        akka { loglevel = DEBUG, stdout-loglevel = DEBUG, log-dead-letters = on, log-dead-letters-during-shutdown = on }
        akka.actor.debug { receive = on, autoreceive = on, lifecycle = on, event-stream = on, unhandled = on, fsm = on, router-misconfiguration = on }
        """);

    /// <summary>The time of day as it was when the process began, plus what a monotonic clock measured since.</summary>
    public static TimeSpan Now => TimeSpan.FromTicks(StartTicks) + Stopwatch.GetElapsedTime(0);

    public ActorSystem Sys { get; private set; } = null!;
    public TestKitSettings TestKitSettings { get; private set; } = null!;
    public ILoggingAdapter Log { get; private set; } = null!;
    public IActorRef TestActor { get; private set; } = null!;
    public EventFilterFactory EventFilter { get; private set; } = null!;
    public object LastMessage => _lastMessage.Message;
    public IActorRef LastSender => _lastMessage.Sender;
    public bool HasMessages => _queue.Count > 0;

    /// <summary>The time that is left in the innermost Within.</summary>
    public TimeSpan Remaining => _end is { } end ? end - Now : throw new InvalidOperationException("Remaining has a meaning inside of Within only");

    /// <summary>The time that is left in the innermost Within, else <c>akka.test.single-expect-default</c>.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    internal ITestKitAssertions FrameworkAssertions => _assertions;

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(m => shouldIgnoreMessage(m)));
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) => IgnoreMessages(m => m is TMsg message && shouldIgnoreMessage(message));
    public void IgnoreMessages<TMsg>() => IgnoreMessages(m => m is TMsg);
    public void IgnoreNoMessages() => TestActor.Tell(new TestActor.SetIgnore(null!));
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActor.SetAutoPilot(pilot));
    public IActorRef Watch(IActorRef actorToWatch) => WatchAsync(actorToWatch).GetAwaiter().GetResult();
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Command(actorToWatch, done => new TestActor.Watch(actorToWatch) { Done = done });
    public IActorRef Unwatch(IActorRef actorToUnwatch) => UnwatchAsync(actorToUnwatch).GetAwaiter().GetResult();
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Command(actorToUnwatch, done => new TestActor.Unwatch(actorToUnwatch) { Done = done });

    public TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { } infinite when infinite < TimeSpan.Zero => throw new ArgumentException("A maximum duration must be finite", nameof(duration)),
        { } finite => Dilated(finite)
    };

    public TimeSpan Dilated(TimeSpan duration) => duration > TimeSpan.Zero ? duration * TestKitSettings.TestTimeFactor : duration;
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    /// <summary>Terminates the system and waits for it; a system that does not stop in time is logged, or thrown about on request.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);
    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);
    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, TestKitSettings.DefaultTimeout, count);
    public TestBarrier CreateTestBarrier(int count) => new(this, count, TestKitSettings.DefaultTimeout);
    public IActorRef CreateTestActor(string name) => CreateTestActor(Sys, name);

    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? end - Now : duration;

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        system ??= Sys;
        var limit = duration ?? TimeSpan.FromTicks(Math.Min(Dilated(TimeSpan.FromSeconds(5)).Ticks, TimeSpan.FromSeconds(10).Ticks));
#pragma warning disable RS0030 // The end of a test is synchronous: Dispose cannot await.
        if (system.Terminate().Wait(limit)) return;
#pragma warning restore RS0030
        var message = $"The actor system '{system.Name}' did not stop within {limit}";
        if (verifySystemShutdown) throw new TimeoutException(message);
        system.Log.Warning(message);
    }

    protected void InitializeTest(ActorSystem system, Config config, string actorSystemName, string testActorName) =>
        InitializeTest(system, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName);

    protected virtual void InitializeTest(ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        Sys = system ?? CreateSystem(config, actorSystemName);
        Sys.RegisterExtension(new TestKitExtension());
        TestKitSettings = TestKitExtension.For(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        EventFilter = new EventFilterFactory(this);
        _queue = new TestActorQueue();
        TestActor = CreateTestActor(Sys, string.IsNullOrEmpty(testActorName) ? $"testActor{Interlocked.Increment(ref _testActorId)}" : testActorName);
        if (this is TestProbe) return; // The implicit sender stays the test's own.
        var cell = this is INoImplicitSender ? null : (ActorCell)((ActorRefWithCell)TestActor).Underlying;
        InternalCurrentActorCellKeeper.Current = cell!;
        SynchronizationContext.SetSynchronizationContext(new ActorCellKeepingSynchronizationContext(cell));
    }

    private static ActorSystem CreateSystem(ActorSystemSetup setup, string? name)
    {
        var given = setup.Get<BootstrapSetup>();
        var bootstrap = given.HasValue ? given.Value : BootstrapSetup.Create();
        var config = bootstrap.Config.HasValue ? bootstrap.Config.Value.WithFallback(DefaultConfig) : DefaultConfig;
        return ActorSystem.Create(name ?? "test", setup.WithSetup(bootstrap.WithConfig(config)));
    }

    private IActorRef CreateTestActor(ActorSystem system, string name)
    {
        var props = Props.Create(typeof(InternalTestActor), _queue).WithDispatcher("akka.test.test-actor.dispatcher");
        return ((ExtendedActorSystem)system).SystemActorOf(props, name);
    }

    // Returns when the test actor has done it: a test may go on at once with what it depends on.
    private async Task<IActorRef> Command(IActorRef subject, Func<TaskCompletionSource, object> command)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestActor.Tell(command(done));
        await done.Task.WaitAsync(RemainingOrDefault).ConfigureAwait(false);
        return subject;
    }

    private void ConditionalLog(string format, params object[] args)
    {
        if (TestKitSettings.LogTestKitCalls) Log.Debug(format, args);
    }

    // The message is data of the test: its braces are no format items.
    private void Fail(string message) => _assertions.Fail("{0}", message);
    private static string Hint(string? hint) => string.IsNullOrEmpty(hint) ? "" : $" ({hint})";

    // Does not block: what came of async: false is complete.
    private static T Sync<T>(ValueTask<T> completed) => completed.AsTask().GetAwaiter().GetResult();

    private static List<T> Sync<T>(IAsyncEnumerable<T> completed)
    {
        var items = new List<T>();
        var enumerator = completed.GetAsyncEnumerator();
        while (Sync(enumerator.MoveNextAsync())) items.Add(enumerator.Current);
        return items;
    }
}
