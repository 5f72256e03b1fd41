using System.Diagnostics;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Keys;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Dispatch;

/// <summary>What only some tasks need: options, a caller's token, a token of their own, a reason to cancel. Stays with its cell.</summary>
internal sealed class CellExtras
{
    private CancellationTokenSource? _source;

    /// <summary>The caller's options.</summary>
    public TaskOptions? Options;

    /// <summary>The task's place in the order of its key; null without a key.</summary>
    public KeyLink? Link;

    /// <summary>When all must have ended, a timestamp; 0 for never.</summary>
    public long DeadlineAt;

    /// <summary>How long the handler may run, in timestamp units; 0 for no limit.</summary>
    public long RunBudget;

    /// <summary>The caller's token, watched while the task lives.</summary>
    public CancellationTokenRegistration Registration;

    /// <summary>The task whose handler handed this one in; null unless it has something to pass on.</summary>
    public ParentTask? Parent;

    /// <summary>The parent's token, watched while the task lives.</summary>
    public CancellationTokenRegistration ParentRegistration;

    /// <summary>The span that the task comes from; default for none.</summary>
    public ActivityContext Trace;

    /// <summary>The span of its first try, for those that follow; default before it.</summary>
    public ActivityContext FirstTry;

    /// <summary>The span of the try that is under way; null for none.</summary>
    public Activity? Process;

    /// <summary>What the outcome will say if the running handler obeys the request to stop. Written once, after the word's flag.</summary>
    public OutcomeDetail? CancelReason;

    /// <summary>What it holds of the pool's gate, where it passed one.</summary>
    public AdmissionTicket Ticket;

    /// <summary>How long one try may take, in timestamp units, where the task's options say so; 0 for what its type says, negative for no limit.</summary>
    public long TryTicks;

    /// <summary>When the present run began, a timestamp; set where something counts from there.</summary>
    public long StartedAt;

    /// <summary>When the present run has to end for good, a timestamp; 0 for never. The cell's own due time may be that of its try.</summary>
    public long RunDueAt;

    /// <summary>Whether the cell's due time is that of its try, which may be followed by another.</summary>
    public bool IsDueByTry;

    /// <summary>The number of the last run whose try was ended for its time, plus one. Written last by the one who asked it to stop.</summary>
    public int TryOverRun;

    /// <summary>What the task failed with when it was last put off; its outcome if it does not run again.</summary>
    public Failed? LastFailure;

    /// <summary>What measures its run; null for nothing.</summary>
    public TurnMeter? Meter;

    /// <summary>How many workers went down under it.</summary>
    public int Crashes;

    /// <summary>Its place among the delayed.</summary>
    public int DelayedIndex;

    private int _absence;

    /// <summary>The version of the handler that is at work, where its calls are counted and this one was not yet; null for most.</summary>
    public VersionMeter? Version;

    /// <summary>The source behind the handler's token, made when the handler first asks for it.</summary>
    public CancellationTokenSource Source
    {
        get
        {
            CancellationTokenSource? source = Volatile.Read(ref _source);
            if (source != null)
                return source;
            CancellationTokenSource made = new();
            return Interlocked.CompareExchange(ref _source, made, null) ?? made;
        }
    }

    /// <summary>The same, if the handler has asked for it. The caller has set a flag of the word before: a handler that asks later finds that.</summary>
    public CancellationTokenSource? SourceIfAny => Volatile.Read(ref _source);

    /// <summary>The next run has a token of its own.</summary>
    public void DropSource() => Volatile.Write(ref _source, null);

    /// <summary>The task was abandoned while its handler is out. Race: the handler comes back at this moment; the first to write has its way.</summary>
    /// <param name="absence">How its worker does without it.</param>
    /// <returns>Whether it is out.</returns>
    public bool TryMarkAbsent(HandlerAbsence absence) => Interlocked.CompareExchange(ref _absence, (int)absence, 0) == 0;

    /// <summary>The handler of an abandoned task has come back.</summary>
    /// <returns>How its worker did without it; None if nobody has noticed its absence, and nobody will.</returns>
    public HandlerAbsence MarkReturned() => (HandlerAbsence)Interlocked.Exchange(ref _absence, (int)HandlerAbsence.Returned);

    /// <summary>Whether the handler of an abandoned task is out, and how its worker does without it.</summary>
    public HandlerAbsence Absence => (HandlerAbsence)Volatile.Read(ref _absence);

    /// <summary>The version whose call is to be counted, once.</summary>
    public VersionMeter? TakeVersion() => Interlocked.Exchange(ref Version, null);

    /// <summary>Stops watching tokens. Does not wait for a callback that runs at this moment.</summary>
    public void Unregister()
    {
        Registration.Unregister();
        ParentRegistration.Unregister();
    }

    /// <summary>
    /// Makes ready for the next task. Only for clean cells: nobody else looks at this one. Race: the callback of a token runs at this moment. It must be over before
    /// the cell serves another task; it finds this one ended and returns, so the wait is a few instructions.
    /// </summary>
    public void Reset()
    {
        Registration.Dispose();
        Registration = default;
        if (Parent != null)
        {
            ParentRegistration.Dispose();
            ParentRegistration = default;
            Parent = null;
        }

        Trace = default;
        FirstTry = default;
        Options = null;
        Link = null;
        DeadlineAt = 0;
        RunBudget = 0;
        CancelReason = null;
        Ticket = default;
        TryTicks = 0;
        StartedAt = 0;
        RunDueAt = 0;
        IsDueByTry = false;
        Version = null;
        Meter = null;
        if (_source != null && !_source.TryReset())
            _source = null;
    }
}
