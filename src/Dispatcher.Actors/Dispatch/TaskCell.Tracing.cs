using System.Diagnostics;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Dispatch;

/// <content>The spans of a task that belongs to a trace.</content>
internal abstract partial class TaskCell
{
    /// <summary>Joins a trace. Before it can be seen.</summary>
    /// <param name="trace">The span that it comes from.</param>
    public void Join(ActivityContext trace)
    {
        EnsureExtras().Trace = trace;
        IsTraced = true;
    }

    /// <summary>A try begins: what its handler does belongs to this span. A later try is linked to the first one.</summary>
    protected void BeginProcess()
    {
        CellExtras extras = Extras!;
        Activity? span = Tracing.Start("process", ActivityKind.Consumer, Route.TaskType.Name, Core.Settings.Name, extras.Trace, extras.FirstTry);
        span?.SetTag("dispatcher.task.attempt", Attempt);
        if (extras.FirstTry == default && span != null)
            extras.FirstTry = span.Context;
        Volatile.Write(ref extras.Process, span);
    }

    /// <summary>A try has ended. Whoever comes first ends its span.</summary>
    /// <param name="detail">What came of it; null for a result.</param>
    protected void EndProcess(OutcomeDetail? detail) => Tracing.End(Interlocked.Exchange(ref Extras!.Process, null), detail);

    /// <summary>The task has its outcome. Only for the one that has won the right to write it.</summary>
    /// <param name="detail">The outcome; null for a result.</param>
    protected void Settle(OutcomeDetail? detail)
    {
        EndProcess(detail);
        CellExtras extras = Extras!;
        ActivityContext above = extras.FirstTry == default ? extras.Trace : extras.FirstTry;
        Activity? caller = Activity.Current;
        Activity? span = Tracing.Start("settle", ActivityKind.Client, Route.TaskType.Name, Core.Settings.Name, above);
        span?.SetTag("dispatcher.task.outcome", (detail?.Kind ?? OutcomeKind.Completed).ToString());
        Tracing.End(span, detail, caller);
    }
}
