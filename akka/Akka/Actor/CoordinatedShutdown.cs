using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Shuts a system down in phases, once: all tasks of a phase run at the same time, the next phase begins when they are done
/// or their time is over. Tasks are added from any thread.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Dictionary<string, Phase> _phases;
    private readonly List<string> _order;
    private readonly Dictionary<string, List<ShutdownTask>> _tasks = [];
    private readonly ILoggingAdapter _log;
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reason? _reason;
    private volatile bool _processExits;

    internal CoordinatedShutdown(ExtendedActorSystem system, Config config)
    {
        System = system;
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
        _phases = CoordinatedShutdownPhases.Read(config);
        _order = CoordinatedShutdownPhases.Order(_phases);
        var exitClr = config.GetBoolean("exit-clr");
        if (exitClr || system.Settings.CoordinatedShutdownTerminateActorSystem)
            AddTask(PhaseActorSystemTerminate, "terminate-system", () => EndSystem(exitClr));
        if (config.GetBoolean("run-by-clr-shutdown-hook")) RunWhenProcessExits();
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Why the shutdown was begun; null until then.</summary>
    public Reason? ShutdownReason => Volatile.Read(ref _reason);

    /// <summary>The longest that the phases with tasks can take together.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            var total = TimeSpan.Zero;
            lock (_tasks)
            {
                foreach (var phase in _tasks.Keys) total += Timeout(phase);
            }
            return total;
        }
    }

    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to those of the phase; too late when the phase has begun.</summary>
    /// <exception cref="ConfigurationException">The phase is not configured.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_order.Contains(phase))
            throw new ConfigurationException($"Unknown phase [{phase}] for task [{taskName}]: akka.coordinated-shutdown.phases has [{string.Join(", ", _order)}].");
        lock (_tasks)
        {
            if (!_tasks.TryGetValue(phase, out var tasks)) _tasks[phase] = tasks = [];
            tasks.Add(new ShutdownTask(taskName, task));
        }
    }

    /// <exception cref="ArgumentException">The phase is not configured.</exception>
    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var found)
        ? found.Timeout
        : throw new ArgumentException($"Unknown phase [{phase}]: akka.coordinated-shutdown.phases has [{string.Join(", ", _order)}].", nameof(phase));

    /// <summary>
    /// Runs the phases, all or from the given one on. Only the first call does; all of them get the same task, which fails
    /// where a phase without recover does.
    /// </summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null) _ = RunPhases(fromPhase);
        return _done.Task;
    }

    private async Task RunPhases(string? fromPhase)
    {
        try
        {
            var first = fromPhase is null ? 0 : _order.IndexOf(fromPhase);
            for (var i = first; i >= 0 && i < _order.Count; i++) await RunPhase(_order[i]).ConfigureAwait(false);
            _done.SetResult(Done.Instance);
        }
        catch (Exception failure)
        {
            _log.Error(failure, "Coordinated shutdown for [{0}] was given up", _reason);
            _done.SetException(new AggregateException(failure).Flatten());
        }
    }

    private async Task RunPhase(string name)
    {
        ShutdownTask[] tasks;
        lock (_tasks)
        {
            tasks = _tasks.TryGetValue(name, out var added) ? [.. added] : [];
        }
        _log.Debug("Performing phase [{0}] with [{1}] tasks", name, tasks.Length);
        if (tasks.Length == 0) return;

        var phase = _phases[name];
        var running = new Task[tasks.Length];
        for (var i = 0; i < tasks.Length; i++) running[i] = RunTask(name, tasks[i], phase.Recover);
        var all = Task.WhenAll(running);
        if (all.IsCompleted || await EndsWithin(phase.Timeout, all).ConfigureAwait(false))
        {
            await all.ConfigureAwait(false);
            return;
        }
        if (!phase.Recover) throw new TimeoutException($"Coordinated shutdown phase [{name}] timed out after {phase.Timeout}");
        _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", name, phase.Timeout);
    }

    private async Task RunTask(string phase, ShutdownTask task, bool recover)
    {
        try
        {
            await task.Run().ConfigureAwait(false);
        }
        catch (Exception failure) when (recover)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", task.Name, phase, failure.Message);
        }
    }

    /// <summary>False when the time is over first, by the clock of the system's scheduler.</summary>
    private async Task<bool> EndsWithin(TimeSpan timeout, Task work)
    {
        var timedOut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new Cancelable(System.Scheduler);
        try
        {
            System.Scheduler.Advanced.ScheduleOnce(timeout, timedOut.SetResult, timer);
        }
        catch (SchedulerException)
        {
            // The system has ended already, and its scheduler with it: what is left to do ends by itself.
            return true;
        }
        if (await Task.WhenAny(work, timedOut.Task).ConfigureAwait(false) != work) return false;
        timer.Cancel();
        return true;
    }

    private async Task<Done> EndSystem(bool exitClr)
    {
        if (System.Settings.CoordinatedShutdownTerminateActorSystem)
        {
            _ = System.FinalTerminate();
            // A system that does not end must not keep a process that shall exit.
            var ended = exitClr ? Task.WhenAny(System.WhenTerminated, Task.Delay(Timeout(PhaseActorSystemTerminate))) : System.WhenTerminated;
            await ended.ConfigureAwait(false);
        }
        if (exitClr && !_processExits) Environment.Exit(0);
        return Done.Instance;
    }

    private void RunWhenProcessExits()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        // Else the process would hold on to every system that ever was.
        System.WhenTerminated.ContinueWith(
            _ => AppDomain.CurrentDomain.ProcessExit -= OnProcessExit, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        _processExits = true;
        if (System.WhenTerminated.IsCompleted) return;
        _log.Info("Starting coordinated shutdown from CLR termination hook.");
        // The process ends when this returns, so it has to wait.
        if (!((IAsyncResult)Run(ClrExitReason.Instance)).AsyncWaitHandle.WaitOne(TotalTimeout))
            _log.Warning("CoordinatedShutdown from CLR shutdown did not end within {0}", TotalTimeout);
    }

    private sealed record ShutdownTask(string Name, Func<Task<Done>> Run);
}
