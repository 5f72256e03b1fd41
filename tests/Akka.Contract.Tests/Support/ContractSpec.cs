using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Contract.Tests.Support;

/// <summary>
/// Base of the specs of the local engine: generous time-outs, a quiet log, a dispatcher for actors that may block.
/// A spec waits for conditions and never for time; a silence is proved by a later message (a fence), not by waiting.
/// </summary>
public abstract class ContractSpec : Akka.TestKit.Xunit2.TestKit
{
    /// <summary>How long a spec waits for what must happen.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Dispatcher id: a thread of its own for each actor. For actors that block on a <see cref="Gate"/>.</summary>
    protected const string Pinned = "contract.pinned-dispatcher";

    private const string BaseConfig = """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.test.single-expect-default = 10s
        akka.test.default-timeout = 10s
        contract.pinned-dispatcher { type = PinnedDispatcher }
        """;

    protected ContractSpec(string config = "")
        : base(ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(BaseConfig)))
    {
    }

    /// <summary>A probe that receives every event of the type from the event stream.</summary>
    protected TestProbe Listen<TEvent>()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(TEvent));
        return probe;
    }

    /// <summary>A top-level <see cref="Supervisor"/> with the strategy, or with the default one.</summary>
    protected IActorRef Supervise(SupervisorStrategy? strategy = null, string? name = null) =>
        Sys.ActorOf(Props.Create(() => new Supervisor(strategy)), name);

    /// <summary>A child of a <see cref="Supervisor"/>.</summary>
    protected static Task<IActorRef> SpawnAsync(IActorRef supervisor, Props props, string? name = null) =>
        supervisor.Ask<IActorRef>(new Spawn(props, name), Patience);

    /// <summary>Watches with the test actor and ends when the watch stands: a stop after it is told in the documented order.</summary>
    protected async Task WatchNowAsync(IActorRef actor)
    {
        Watch(actor);
        await FenceAsync(TestActor);
    }

    /// <summary>Ends when the actor has handled all that this thread told it before.</summary>
    protected static async Task FenceAsync(IActorRef actor) => await actor.Ask<ActorIdentity>(new Identify("fence"), Patience);

    /// <summary>Ends when the condition holds.</summary>
    protected Task UntilAsync(Func<bool> condition) => AwaitConditionAsync(condition, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(10));

    /// <summary>Ends when the assertion holds.</summary>
    protected Task UntilAsync(Func<Task> assertion) => AwaitAssertAsync(assertion, TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(10));

    /// <summary>Receives as many messages as there are expected ones and compares them without regard to their order.</summary>
    protected async Task ExpectInAnyOrderAsync(params string[] expected)
    {
        var received = new List<string>();
        for (var count = 0; count < expected.Length; count++)
            received.Add(await ExpectMsgAsync<string>());
        Assert.Equal(expected.Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    /// <summary>Runs the work on that many threads of their own, which start together.</summary>
    protected static async Task OnThreadsAsync(int threads, Action<int> work)
    {
        using var start = new Barrier(threads);
        var running = Enumerable.Range(0, threads).Select(index => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Patience);
                work(index);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default));
        await Task.WhenAll(running.ToArray()).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
