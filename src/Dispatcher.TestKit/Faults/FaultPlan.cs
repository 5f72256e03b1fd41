using System.Collections.Concurrent;
using Dispatcher.Actors;
using Dispatcher.TestKit.Support;

namespace Dispatcher.TestKit;

/// <summary>
/// Faults in the calls of a pool's handlers, by the type of task and the number of the call; for tests of code that registers its own handlers. Put
/// around them with <c>builder.Decorate(plan)</c>. All workers share the counts; safe for any thread.
/// </summary>
/// <remarks>Calls are counted from 1, in the order in which they begin; each attempt at a task is one. Faults of one call happen in the order in which they were planned.</remarks>
public sealed class FaultPlan : IHandlerDecorator
{
    private readonly ConcurrentDictionary<Type, FaultSeries> _series = new();
    private readonly TimeProvider _time;
    private readonly Pulse _pulse = new();
    private int _injected;

    /// <summary>Makes a plan without faults.</summary>
    /// <param name="time">The time for <see cref="Delay{TTask}"/>; null for the system's.</param>
    public FaultPlan(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>How many faults have happened, or begun to.</summary>
    public int Injected => Volatile.Read(ref _injected);

    /// <summary>How many calls of a type of task have begun.</summary>
    /// <typeparam name="TTask">The type.</typeparam>
    /// <returns>How many.</returns>
    public int Calls<TTask>() => SeriesOf(typeof(TTask)).Calls;

    /// <summary>Waits until so many faults have happened, or begun to: a delay counts when its timer runs.</summary>
    /// <param name="count">How many, at least.</param>
    /// <param name="within">How long at most, in real time; null for 10 s.</param>
    /// <exception cref="Xunit.Sdk.XunitException">There were not so many.</exception>
    public Task AwaitInjectedAsync(int count, TimeSpan? within = null)
    {
        TimeSpan limit = within ?? Patience.Default;
        return _pulse.UntilAsync(() => Injected >= count, limit, () => $"Expected {count} faults within {limit}, there were {Injected}.");
    }

    /// <summary>A call throws, and its handler is not called.</summary>
    /// <typeparam name="TTask">The type of task.</typeparam>
    /// <param name="call">Which call, from 1.</param>
    /// <param name="error">What it throws.</param>
    /// <returns>This plan.</returns>
    public FaultPlan Throw<TTask>(int call, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Add<TTask>(new Fault(call, 0, FaultPoint.Before, _ => ValueTask.FromException(error)));
    }

    /// <summary>Every so many calls, one throws, and its handler is not called.</summary>
    /// <typeparam name="TTask">The type of task.</typeparam>
    /// <param name="every">How many: with 10 it is calls 10, 20, 30 and so on.</param>
    /// <param name="error">Makes what it throws.</param>
    /// <returns>This plan.</returns>
    public FaultPlan ThrowEvery<TTask>(int every, Func<Exception> error)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        ArgumentNullException.ThrowIfNull(error);
        return Add<TTask>(new Fault(every, every, FaultPoint.Before, _ => ValueTask.FromException(error())));
    }

    /// <summary>A call throws after its handler has returned: the work is done, and its answer is lost.</summary>
    /// <typeparam name="TTask">The type of task.</typeparam>
    /// <param name="call">Which call, from 1.</param>
    /// <param name="error">What it throws.</param>
    /// <returns>This plan.</returns>
    public FaultPlan ThrowAfter<TTask>(int call, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Add<TTask>(new Fault(call, 0, FaultPoint.After, _ => ValueTask.FromException(error)));
    }

    /// <summary>A call waits before its handler is called. Heeds its token.</summary>
    /// <typeparam name="TTask">The type of task.</typeparam>
    /// <param name="call">Which call, from 1.</param>
    /// <param name="by">How long, by the plan's time.</param>
    /// <returns>This plan.</returns>
    public FaultPlan Delay<TTask>(int call, TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        return Add<TTask>(new Fault(
            call, 0, FaultPoint.Before, context => new ValueTask(Timed.WaitAsync(_time, by, context.CancellationToken))));
    }

    /// <summary>A call never ends, is deaf to its token, and its handler is not called.</summary>
    /// <typeparam name="TTask">The type of task.</typeparam>
    /// <param name="call">Which call, from 1.</param>
    /// <returns>This plan.</returns>
    public FaultPlan Hang<TTask>(int call) =>
        Add<TTask>(new Fault(call, 0, FaultPoint.Before, static _ => new ValueTask(new TaskCompletionSource().Task)));

    /// <inheritdoc/>
    public ITaskHandler<TTask, TResult> Decorate<TTask, TResult>(ITaskHandler<TTask, TResult> handler)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new FaultyHandler<TTask, TResult>(handler, SeriesOf(typeof(TTask)), CountInjected);
    }

    private void CountInjected()
    {
        Interlocked.Increment(ref _injected);
        _pulse.Beat();
    }

    private FaultSeries SeriesOf(Type type) => _series.GetOrAdd(type, static _ => new FaultSeries());

    private FaultPlan Add<TTask>(Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Call, 1, "call");
        SeriesOf(typeof(TTask)).Add(fault);
        return this;
    }
}
