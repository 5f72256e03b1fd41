using System.Threading.Tasks.Sources;

namespace Dispatcher.Actors.Dispatch;

/// <summary>Where an awaiter wants to go on: a synchronization context, a task scheduler, an execution context. Most want nothing, and get no object.</summary>
internal sealed class AwaiterContext
{
    private readonly object? _target;
    private readonly ExecutionContext? _flow;

    private AwaiterContext(object? target, ExecutionContext? flow)
    {
        _target = target;
        _flow = flow;
    }

    /// <summary>Notes the caller's context as far as the flags ask for it.</summary>
    /// <param name="flags">What the awaiter asks for.</param>
    /// <returns>The context; null where the thread pool will do.</returns>
    public static AwaiterContext? Capture(ValueTaskSourceOnCompletedFlags flags)
    {
        object? target = null;
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != 0)
            target = CurrentTarget();
        ExecutionContext? flow = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != 0 ? ExecutionContext.Capture() : null;
        return target == null && flow == null ? null : new AwaiterContext(target, flow);
    }

    /// <summary>Sends a continuation there. Never runs it inline.</summary>
    /// <param name="continuation">The continuation.</param>
    /// <param name="state">Its argument.</param>
    public void Post(Action<object?> continuation, object? state)
    {
        Action<object?> run = _flow == null ? continuation : InFlow(_flow, continuation);
        switch (_target)
        {
            case SynchronizationContext context:
                context.Post(static s => (((Action<object?>, object?))s!).Item1((((Action<object?>, object?))s).Item2), (run, state));
                break;
            case TaskScheduler scheduler:
                _ = Task.Factory.StartNew(run, state, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                ThreadPool.UnsafeQueueUserWorkItem(run, state, preferLocal: true);
                break;
        }
    }

    private static object? CurrentTarget()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        if (context != null && context.GetType() != typeof(SynchronizationContext))
            return context;
        TaskScheduler scheduler = TaskScheduler.Current;
        return scheduler == TaskScheduler.Default ? null : scheduler;
    }

    private static Action<object?> InFlow(ExecutionContext flow, Action<object?> continuation) =>
        state => ExecutionContext.Run(flow, s => continuation(s), state);
}
