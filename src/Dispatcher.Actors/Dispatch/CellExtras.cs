using System.Diagnostics;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Keys;

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

    /// <summary>Cancels the handler's token, if it has asked for one. The caller has set the word's flag before: a handler that asks later finds it.</summary>
    public void CancelSource() => Volatile.Read(ref _source)?.Cancel();

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
        if (_source != null && !_source.TryReset())
            _source = null;
    }
}
