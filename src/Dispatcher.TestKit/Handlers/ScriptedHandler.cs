using Dispatcher.Actors;
using Dispatcher.TestKit.Support;
using Xunit.Sdk;

namespace Dispatcher.TestKit;

/// <summary>
/// A handler that does what a test wrote down, call by call, and records its calls. Steps are taken in the order in which calls begin; the last one is
/// for all further calls. One instance serves all workers; safe for any thread.
/// </summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <remarks>Keeps the first 100,000 calls; those after it are only counted.</remarks>
public sealed class ScriptedHandler<TTask, TResult> : ITaskHandler<TTask, TResult>
    where TTask : notnull
{
    private const int MaxRecorded = 100_000;

    private static readonly Step s_noScript = new(
        static (_, _) => throw new InvalidOperationException($"The scripted handler of {typeof(TTask).Name} has no script: call Returns, Throws, ... first."), 1, null);

    private readonly Lock _gate = new();
    private readonly List<Step> _steps = [];
    private readonly List<HandlerCall<TTask>> _calls = [];
    private readonly Pulse _pulse = new();
    private readonly TimeProvider _time;
    private int _step;
    private int _taken;
    private int _seen;
    private int _count;
    private int _running;
    private int _mostRunning;

    /// <summary>Makes a handler without a script: calls fail until it has one.</summary>
    /// <param name="time">The time for <see cref="Takes"/>; null for the system's.</param>
    public ScriptedHandler(TimeProvider? time = null) => _time = time ?? TimeProvider.System;

    /// <summary>How many calls have begun.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many calls are under way.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The most calls that were under way at once.</summary>
    public int MostRunning => Volatile.Read(ref _mostRunning);

    /// <summary>The calls so far, in the order in which they began.</summary>
    public IReadOnlyList<HandlerCall<TTask>> Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    /// <summary>Next: returns a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> Returns(TResult result, int times = 1) => Runs((_, _) => new ValueTask<TResult>(result), times);

    /// <summary>Next: returns what a function makes of the task.</summary>
    /// <param name="result">The function.</param>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> Returns(Func<TTask, TResult> result, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Runs((task, _) => new ValueTask<TResult>(result(task)), times);
    }

    /// <summary>Next: throws.</summary>
    /// <param name="error">What.</param>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> Throws(Exception error, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Runs((_, _) => ValueTask.FromException<TResult>(error), times);
    }

    /// <summary>Next: waits at a gate, then returns a result. Heeds its token.</summary>
    /// <param name="gate">The gate.</param>
    /// <param name="result">The result.</param>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> WaitsFor(HandlerGate gate, TResult result, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return Runs(
            async (_, context) =>
            {
                await gate.WaitAsync(context.CancellationToken).ConfigureAwait(false);
                return result;
            },
            times);
    }

    /// <summary>Next: takes its time, then returns a result. Heeds its token.</summary>
    /// <param name="time">How long, by the script's time.</param>
    /// <param name="result">The result.</param>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> Takes(TimeSpan time, TResult result, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return Add(new Step((_, _) => new ValueTask<TResult>(result), times, time));
    }

    /// <summary>Next: goes on until its token is cancelled, then obeys.</summary>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> RunsUntilCancelled(int times = 1) =>
        Runs(static async (_, context) => await new TaskCompletionSource<TResult>().Task.WaitAsync(context.CancellationToken).ConfigureAwait(false), times);

    /// <summary>Next: never ends, and is deaf to its token: what a pool abandons.</summary>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> Hangs(int times = 1) => Runs(static (_, _) => new ValueTask<TResult>(new TaskCompletionSource<TResult>().Task), times);

    /// <summary>Next: runs a function.</summary>
    /// <param name="step">The function.</param>
    /// <param name="times">For how many calls.</param>
    /// <returns>This handler.</returns>
    public ScriptedHandler<TTask, TResult> Runs(Func<TTask, TaskContext, ValueTask<TResult>> step, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Add(new Step(step, times, null));
    }

    /// <inheritdoc/>
    public async ValueTask<TResult> HandleAsync(TTask task, TaskContext context)
    {
        Step step = Take();
        // The timer before the news: a test that knows of the call may advance the time.
        Task? time = step.Time is { } wait ? Timed.WaitAsync(_time, wait, context.CancellationToken) : null;
        Record(task, context);
        try
        {
            if (time != null)
                await time.ConfigureAwait(false);
            return await step.Run(task, context).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _pulse.Beat();
        }
    }

    /// <summary>Waits for the next call that this method has not returned yet, in the order in which they began.</summary>
    /// <param name="within">How long at most, in real time; null for 10 s.</param>
    /// <returns>The call.</returns>
    /// <exception cref="XunitException">None came.</exception>
    public async Task<HandlerCall<TTask>> NextCallAsync(TimeSpan? within = null)
    {
        int number = Interlocked.Increment(ref _seen);
        await AwaitAsync(() => Count >= number, within, $"call {number}").ConfigureAwait(false);
        lock (_gate)
            return _calls[number - 1];
    }

    /// <summary>Waits until so many calls are under way, no more and no less.</summary>
    /// <param name="count">How many.</param>
    /// <param name="within">How long at most, in real time; null for 10 s.</param>
    /// <exception cref="XunitException">It did not come to that.</exception>
    public Task AwaitRunningAsync(int count, TimeSpan? within = null) => AwaitAsync(() => Running == count, within, $"{count} calls under way");

    private Task AwaitAsync(Func<bool> isSo, TimeSpan? within, string what)
    {
        TimeSpan limit = within ?? Patience.Default;
        return _pulse.UntilAsync(
            isSo, limit, () => $"Expected {what} of the handler of {typeof(TTask).Name} within {limit}; {Count} have begun, {Running} are under way.");
    }

    private ScriptedHandler<TTask, TResult> Add(Step step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Times, 1, "times");
        lock (_gate)
            _steps.Add(step);
        return this;
    }

    private Step Take()
    {
        lock (_gate)
        {
            if (_steps.Count == 0)
                return s_noScript;
            if (_taken == _steps[_step].Times && _step < _steps.Count - 1)
            {
                _step++;
                _taken = 0;
            }

            _taken = Math.Min(_taken + 1, _steps[_step].Times);
            return _steps[_step];
        }
    }

    private void Record(TTask task, TaskContext context)
    {
        // The token is made when first asked for: outside of the lock.
        HandlerCall<TTask> call = new(
            0, task, context.Id, context.Attempt, context.Key, context.Tenant, context.Remaining, _time.GetUtcNow(), context.CancellationToken);
        lock (_gate)
        {
            if (_calls.Count < MaxRecorded)
                _calls.Add(call with { Number = _count + 1 });
            Volatile.Write(ref _count, _count + 1);
            _mostRunning = Math.Max(_mostRunning, Interlocked.Increment(ref _running));
        }

        _pulse.Beat();
    }

    /// <summary>What some calls do.</summary>
    /// <param name="Run">What they run.</param>
    /// <param name="Times">How many calls.</param>
    /// <param name="Time">How long they take before that; null for no time.</param>
    private sealed record Step(Func<TTask, TaskContext, ValueTask<TResult>> Run, int Times, TimeSpan? Time);
}
