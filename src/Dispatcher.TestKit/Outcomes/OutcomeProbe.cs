using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors;
using Dispatcher.TestKit.Support;
using Xunit.Sdk;

namespace Dispatcher.TestKit;

/// <summary>
/// Watches tasks and expects their outcomes, one after the other, in the order in which the tasks were watched. An expectation waits for its outcome, in
/// real time, and what it reports shows all tasks of the probe and the pool.
/// </summary>
/// <typeparam name="TResult">What the tasks' handler returns.</typeparam>
/// <remarks>Watch and expect from one thread; the tasks end where they like.</remarks>
public sealed class OutcomeProbe<TResult>
{
    private readonly List<WatchedTask<TResult>> _tasks = [];
    private readonly TimeSpan _within;
    private readonly Func<string>? _describe;
    private int _next;

    /// <summary>Makes a probe.</summary>
    /// <param name="within">How long an expectation waits, in real time; null for 10 s.</param>
    /// <param name="describe">What a failure says about the circumstances, such as the pool's state; null for nothing.</param>
    public OutcomeProbe(TimeSpan? within = null, Func<string>? describe = null)
    {
        _within = within ?? Patience.Default;
        _describe = describe;
    }

    /// <summary>How many tasks are watched.</summary>
    public int Watched => _tasks.Count;

    /// <summary>How many of them have ended.</summary>
    public int Ended => _tasks.Count(task => task.Outcome.IsCompleted);

    /// <summary>Watches a task.</summary>
    /// <param name="handle">Its handle.</param>
    /// <returns>The handle.</returns>
    public TaskHandle<TResult> Watch(TaskHandle<TResult> handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        _tasks.Add(new WatchedTask<TResult>(handle.Outcome, () => handle.State.ToString()));
        return handle;
    }

    /// <summary>Watches a task whose outcome is awaited.</summary>
    /// <param name="outcome">What RunAsync returned.</param>
    public void Watch(ValueTask<TaskOutcome<TResult>> outcome) => _tasks.Add(new WatchedTask<TResult>(outcome.AsTask(), static () => "not ended"));

    /// <summary>Expects the next outcome, of any kind.</summary>
    /// <returns>The outcome.</returns>
    public async Task<TaskOutcome<TResult>> ExpectAsync() => (await NextAsync("an outcome").ConfigureAwait(false)).Outcome;

    /// <summary>Expects that the next outcomes are of given kinds.</summary>
    /// <param name="kinds">The kinds, in the order of the tasks.</param>
    /// <returns>The outcomes.</returns>
    public async Task<IReadOnlyList<TaskOutcome<TResult>>> ExpectAsync(params OutcomeKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        List<TaskOutcome<TResult>> outcomes = [];
        foreach (OutcomeKind kind in kinds)
            outcomes.Add(await ExpectThatAsync(kind.ToString(), outcome => outcome.Kind == kind).ConfigureAwait(false));
        return outcomes;
    }

    /// <summary>Expects a task that completed.</summary>
    /// <returns>The result.</returns>
    public async Task<TResult> ExpectCompletedAsync() =>
        (await ExpectThatAsync("Completed", static outcome => outcome.IsCompleted).ConfigureAwait(false)).Result!;

    /// <summary>Expects a task that completed with a given result.</summary>
    /// <param name="result">The result.</param>
    public Task ExpectCompletedAsync(TResult result) =>
        ExpectThatAsync($"Completed({result})", outcome => outcome.IsCompleted && EqualityComparer<TResult>.Default.Equals(outcome.Result, result));

    /// <summary>Expects a task whose handler threw a given type of exception, or one derived from it.</summary>
    /// <typeparam name="TException">The type.</typeparam>
    /// <returns>What the outcome says.</returns>
    public async Task<Failed> ExpectFailedAsync<TException>()
        where TException : Exception =>
        (Failed)(await ExpectThatAsync($"Failed({typeof(TException).Name})", static outcome => outcome.Detail is Failed { Error: TException }).ConfigureAwait(false)).Detail!;

    /// <summary>Expects a task that was refused for a given reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>What the outcome says.</returns>
    public Task<Rejected> ExpectRejectedAsync(RejectReason reason) =>
        ExpectDetailAsync<Rejected>($"Rejected({reason})", detail => detail.Reason == reason);

    /// <summary>Expects a task whose time was over at a given place.</summary>
    /// <param name="where">The place.</param>
    /// <returns>What the outcome says.</returns>
    public Task<Expired> ExpectExpiredAsync(ExpiredWhere where) => ExpectDetailAsync<Expired>($"Expired({where})", detail => detail.Where == where);

    /// <summary>Expects a task that was cancelled.</summary>
    /// <param name="by">By whom; null for anyone.</param>
    /// <returns>What the outcome says.</returns>
    public Task<Cancelled> ExpectCancelledAsync(string? by = null) =>
        ExpectDetailAsync<Cancelled>(by == null ? "Cancelled" : $"Cancelled({by})", detail => by == null || detail.By == by);

    /// <summary>Expects a task that was given up.</summary>
    /// <returns>What the outcome says.</returns>
    public Task<Abandoned> ExpectAbandonedAsync() => ExpectDetailAsync<Abandoned>("Abandoned", static _ => true);

    /// <summary>Makes sure that no watched task, apart from those expected already, has ended by now. Does not wait: settle first.</summary>
    /// <exception cref="XunitException">One has.</exception>
    public void ExpectNoneEnded()
    {
        for (int i = _next; i < _tasks.Count; i++)
        {
            if (_tasks[i].Outcome.IsCompleted)
                Fail("no outcome", i);
        }
    }

    /// <summary>Makes sure that every watched task was expected, so that none ended unseen.</summary>
    /// <exception cref="XunitException">Some were not.</exception>
    public void ExpectNoMore()
    {
        if (_next < _tasks.Count)
            Fail("no more tasks", _next);
    }

    private async Task<TDetail> ExpectDetailAsync<TDetail>(string expected, Func<TDetail, bool> isIt)
        where TDetail : OutcomeDetail =>
        (TDetail)(await ExpectThatAsync(expected, outcome => outcome.Detail is TDetail detail && isIt(detail)).ConfigureAwait(false)).Detail!;

    private async Task<TaskOutcome<TResult>> ExpectThatAsync(string expected, Func<TaskOutcome<TResult>, bool> isIt)
    {
        (int index, TaskOutcome<TResult> outcome) = await NextAsync(expected).ConfigureAwait(false);
        if (!isIt(outcome))
            Fail(expected, index);
        return outcome;
    }

    private async Task<(int Index, TaskOutcome<TResult> Outcome)> NextAsync(string expected)
    {
        if (_next == _tasks.Count)
            throw new XunitException($"Expected {expected}, but all {_tasks.Count} watched tasks were expected already.{Environment.NewLine}{Describe(-1)}");
        int index = _next++;
        Task<TaskOutcome<TResult>> task = _tasks[index].Outcome;
        await ((Task)task).WaitAsync(_within).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!task.IsCompleted)
            Fail(expected, index);
        return (index, await task.ConfigureAwait(false));
    }

    [DoesNotReturn]
    private void Fail(string expected, int index) =>
        throw new XunitException(
            $"Task {index + 1}: expected {expected}, got {Text(_tasks[index])}{(_tasks[index].Outcome.IsCompleted ? "" : $" within {_within}")}.{Environment.NewLine}{Describe(index)}");

    private string Describe(int marked)
    {
        IEnumerable<string> lines = _tasks.Select((task, i) => $"{(i == marked ? "->" : "  ")} {i + 1}: {Text(task)}");
        if (_describe != null)
            lines = lines.Append(_describe());
        return string.Join(Environment.NewLine, lines);
    }

    private static string Text(WatchedTask<TResult> task) =>
        task.Outcome.IsCompletedSuccessfully ? OutcomeText.Of(task.Outcome.GetAwaiter().GetResult()) : $"no outcome ({task.State()})";
}
