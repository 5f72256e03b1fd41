using Akka.Actor;
using Akka.Configuration;
using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit.Support;
using Xunit.Abstractions;
using AkkaTestKit = Akka.TestKit.Xunit2.TestKit;

namespace Dispatcher.TestKit;

/// <summary>
/// The base of an xUnit test class for code that runs tasks: Akka's test kit, with virtual time for actors and pools, and pools in one line. Each test has
/// an actor system of its own. After each test the sums of its pools are verified, and pools whose handlers hang are stopped all the same.
/// </summary>
public abstract class DispatcherTestKit : AkkaTestKit
{
    private static readonly TimeSpan s_pump = TimeSpan.FromMilliseconds(100);

    // As WithTaskDispatcher does: the shutdown's phases have to have the time that pools need.
    // And no watchdog, whose looks would be timers of every test: a test that wants one says so in its configuration.
    private static readonly Config s_defaults = VirtualScheduler.Config.WithFallback("dispatcher.diagnosis.every = off").WithFallback(
        ConfigurationFactory.FromResource("Dispatcher.Actors.reference.conf", typeof(ITaskDispatcher).Assembly));

    private readonly List<TestPool> _pools = [];
    private bool? _hasWatchdog;

    /// <summary>Makes the actor system.</summary>
    /// <param name="output">The test's output, for the log; null for none.</param>
    /// <param name="config">Configuration, such as settings below <c>dispatcher.pools</c>; null for none.</param>
    protected DispatcherTestKit(ITestOutputHelper? output = null, Config? config = null)
        : base(Complete(config), null, output)
    {
    }

    /// <summary>The time of the actor system and of its pools. Stands still until it is advanced.</summary>
    public ManualTimeProvider Time => VirtualScheduler.TimeOf(Sys);

    /// <summary>The pools that the test has started.</summary>
    public IReadOnlyList<TestPool> Pools => _pools;

    /// <summary>Starts a pool in virtual time.</summary>
    /// <param name="configure">Describes the pool, as WithTaskDispatcher has it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="services">What handlers may ask for; null for none.</param>
    /// <returns>The pool.</returns>
    public TestPool StartPool(Action<TaskDispatcherBuilder> configure, string name = "test", IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ITaskDispatcher dispatcher = Sys.StartTaskDispatcher(
            name,
            builder =>
            {
                builder.UseTimeProvider(Time);
                configure(builder);
            },
            services);
        TestPool pool = new(Sys, dispatcher);
        _pools.Add(pool);
        return pool;
    }

    /// <summary>Makes a handler that does what the test writes down, in virtual time.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <returns>The handler, without a script.</returns>
    public ScriptedHandler<TTask, TResult> CreateScript<TTask, TResult>()
        where TTask : notnull => new(Time);

    /// <summary>Makes a plan of faults, in virtual time, for <c>builder.Decorate</c>.</summary>
    /// <returns>The plan, without faults.</returns>
    public FaultPlan CreateFaultPlan() => new(Time);

    /// <summary>Makes a probe whose failures show the time and the test's pools.</summary>
    /// <typeparam name="TResult">What the tasks' handler returns.</typeparam>
    /// <param name="within">How long an expectation waits, in real time; null for 10 s.</param>
    /// <returns>The probe.</returns>
    public OutcomeProbe<TResult> CreateOutcomeProbe<TResult>(TimeSpan? within = null) => new(within, Describe);

    /// <summary>
    /// Moves the time, from due timer to due timer, and lets the pools settle before each and at the end. What they do about a timer, such as watching
    /// the next deadline, happens at that timer's instant.
    /// </summary>
    /// <param name="by">How far.</param>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        await SettleAsync().ConfigureAwait(false);
        TimeSpan end = Time.Elapsed + by;
        while (Time.NextTimer is { } next && Time.Elapsed + next <= end)
        {
            Time.Advance(next);
            await SettleAsync().ConfigureAwait(false);
        }

        Time.Advance(end - Time.Elapsed);
    }

    /// <summary>Waits until the pools have noticed what was done to them so far; see <see cref="TestPool.SettleAsync"/>.</summary>
    public async Task SettleAsync()
    {
        foreach (TestPool pool in _pools)
            await pool.SettleAsync().ConfigureAwait(false);
        _hasWatchdog ??= Sys.Settings.Config.GetString("dispatcher.diagnosis.every") != "off";
        // It has had the look that was due.
        if (_hasWatchdog == true)
            await Sys.ActorSelection("/user/task-watchdog").Ask<ActorIdentity>(new Identify(nameof(SettleAsync)), Patience.Default).ConfigureAwait(false);
    }

    /// <summary>Terminates the actor system. Its time runs meanwhile, so that no drain waits for a deadline that would never come.</summary>
    /// <param name="duration">How long at most, in real time; null for the test kit's default.</param>
    /// <param name="verifySystemShutdown">Whether it is an error if it takes longer.</param>
    public override void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        Task end = Sys.Terminate();
        long began = TimeProvider.System.GetTimestamp();
        // A stop that needs no time gets none: only one that takes longer than that waits for a timer.
        while (!Ends(end) && TimeProvider.System.GetElapsedTime(began) < Patience.Default)
            Time.Advance(s_pump);
        base.Shutdown(duration, verifySystemShutdown);
    }

    /// <summary>Verifies the sums of the pools.</summary>
    protected override void AfterAll()
    {
        // The end of a test is synchronous.
        Task.Run(async () =>
        {
            foreach (TestPool pool in _pools)
                await pool.VerifySumsAsync().ConfigureAwait(false);
        }).GetAwaiter().GetResult();
        base.AfterAll();
    }

    private static Config Complete(Config? config) => config == null ? s_defaults : config.WithFallback(s_defaults);

    // A look, and a turn for the actors in between: time that runs away from them would fill their mailboxes with ticks. Blocks, as the end of a test does.
    private static bool Ends(Task end)
    {
        using ManualResetEventSlim turn = new();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.Set(), turn, preferLocal: false);
        turn.Wait(Patience.Default);
        return ((IAsyncResult)end).AsyncWaitHandle.WaitOne(1);
    }

    private string Describe()
    {
        string next = Time.NextTimer is { } wait ? $", the next timer is due in {wait}" : ", no timer waits";
        return string.Join(Environment.NewLine, _pools.Select(pool => pool.ToString()).Prepend($"Time: {Time.Elapsed}{next}."));
    }
}
