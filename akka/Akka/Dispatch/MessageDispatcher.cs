using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What dispatchers get from their system.</summary>
public interface IDispatcherPrerequisites
{
    EventStream EventStream { get; }
    IScheduler Scheduler { get; }
    Settings Settings { get; }
    Mailboxes Mailboxes { get; }
}

/// <summary>The plain record of them.</summary>
public sealed class DefaultDispatcherPrerequisites : IDispatcherPrerequisites
{
    public DefaultDispatcherPrerequisites(EventStream eventStream, IScheduler scheduler, Settings settings, Mailboxes mailboxes)
    {
        EventStream = eventStream;
        Scheduler = scheduler;
        Settings = settings;
        Mailboxes = mailboxes;
    }

    public EventStream EventStream { get; }
    public IScheduler Scheduler { get; }
    public Settings Settings { get; }
    public Mailboxes Mailboxes { get; }
}

/// <summary>Makes the dispatcher of one configuration section.</summary>
public abstract class MessageDispatcherConfigurator
{
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }
    public IDispatcherPrerequisites Prerequisites { get; }

    public abstract MessageDispatcher Dispatcher();

    /// <summary>The executor that <c>executor</c> names: one of the built-in ones, or a type.</summary>
    /// <exception cref="ConfigurationException">No such executor.</exception>
    protected ExecutorServiceConfigurator ConfigureExecutor()
    {
        var executor = Config.GetString("executor", "default-executor");
        switch (executor)
        {
            case null or "" or "default-executor" or "thread-pool-executor" or "task-executor" or "channel-executor":
                return new ThreadPoolExecutorServiceFactory(Config, Prerequisites);
            case "fork-join-executor":
                return new ForkJoinExecutorServiceFactory(Config, Prerequisites);
            case "current-context-executor":
                return new CurrentSynchronizationContextExecutorServiceFactory(Config, Prerequisites);
        }
        var type = Type.GetType(executor) ?? throw new ConfigurationException($"Could not resolve executor service configurator type {executor} for path {Config.GetString("id", "unknown")}");
        return (ExecutorServiceConfigurator)ActorFactory.Create(type, [Config, Prerequisites]);
    }
}

/// <summary>Gives mailboxes to threads.</summary>
public abstract class MessageDispatcher
{
    public const int DefaultThroughput = 100;

    private long _inhabitants;

    protected MessageDispatcher(MessageDispatcherConfigurator configurator)
    {
        Configurator = configurator;
        Throughput = DefaultThroughput;
    }

    public MessageDispatcherConfigurator Configurator { get; }
    public Mailboxes Mailboxes => Configurator.Prerequisites.Mailboxes;
    public EventStream EventStream => Configurator.Prerequisites.EventStream;
    public string Id { get; protected set; } = "";
    public int Throughput { get; set; }

    /// <summary>How long a mailbox may run before it yields, in ticks of 100 ns; null or 0 for no limit.</summary>
    public long? ThroughputDeadlineTime { get; protected set; }

    /// <summary>How long an unused dispatcher keeps its threads.</summary>
    public TimeSpan ShutdownTimeout { get; protected set; }

    /// <summary>How many actors live here.</summary>
    protected long Inhabitants => Volatile.Read(ref _inhabitants);

    public void Schedule(Action run) => ExecuteTask(new ActionRunnable(run));

    public void Schedule(IRunnable run) => ExecuteTask(run);

    protected abstract void ExecuteTask(IRunnable run);

    /// <summary>Lets go of the threads.</summary>
    protected abstract void Shutdown();

    internal void ShutdownNow() => Shutdown();

    protected void ReportFailure(Exception ex) => EventStream.Publish(new Error(ex, GetType().Name, GetType(), ex.Message));

    internal virtual Mailbox CreateMailbox(ActorCell cell, MailboxType mailboxType) => new(mailboxType.Create(cell.Self, cell.System));

    /// <summary>Takes the cell in and lets it run its first system message.</summary>
    public virtual void Attach(ActorCell cell)
    {
        Interlocked.Increment(ref _inhabitants);
        RegisterForExecution(cell.Mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Closes the cell's mailbox; what is left in it becomes dead letters.</summary>
    public virtual void Detach(ActorCell cell)
    {
        var mailbox = cell.SwapMailbox(Mailboxes.DeadLetterMailbox);
        mailbox.BecomeClosed();
        mailbox.CleanUp();
        if (Interlocked.Decrement(ref _inhabitants) == 0) OnUninhabited();
    }

    private protected virtual void OnUninhabited() { }

    public virtual void Dispatch(ActorCell cell, Envelope envelope)
    {
        var mailbox = cell.Mailbox;
        mailbox.Enqueue(cell.Self, envelope);
        // The race with a stopping cell: its last clean-up may have run before our message came in. One of the two sees the other.
        if (!RegisterForExecution(mailbox, hasMessageHint: true, hasSystemMessageHint: false) && mailbox.IsClosed) mailbox.CleanUp();
    }

    public virtual void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        var mailbox = cell.Mailbox;
        mailbox.SystemEnqueue(cell.Self, message);
        RegisterForExecution(mailbox, hasMessageHint: false, hasSystemMessageHint: true);
    }

    /// <summary>Hands the mailbox to a thread unless one has it already or there is nothing to do.</summary>
    internal virtual bool RegisterForExecution(Mailbox mailbox, bool hasMessageHint, bool hasSystemMessageHint)
    {
        if (!mailbox.CanBeScheduledForExecution(hasMessageHint, hasSystemMessageHint) || !mailbox.SetAsScheduled()) return false;
        try
        {
            ExecuteTask(mailbox);
            return true;
        }
        catch
        {
            mailbox.SetAsIdle();
            throw;
        }
    }
}
