using System.Threading.Tasks.Sources;

namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// The awaitable half of a cell: one outcome, one awaiter, used anew for the next task. Its own, not the framework's
/// ManualResetValueTaskSourceCore, because that one either runs the awaiter inside the worker's turn or allocates to get out of it.
/// Here the cell itself is the work item that carries the awaiter to the thread pool.
/// </summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
internal struct OutcomeSource<TResult>
{
    private static readonly Action<object?> s_set = static _ => throw new InvalidOperationException("The mark of a set outcome is not a continuation.");

    private TaskOutcome<TResult> _outcome;
    private Action<object?>? _continuation;
    private object? _state;
    private AwaiterContext? _context;
    private bool _isSet;

    /// <summary>Tells this use of the cell from the last one, for awaiters that come twice.</summary>
    public short Token { get; private set; }

    // Race: an awaiter polls while Set is between its two writes. It must see nothing until the second, which is Set's last touch;
    // otherwise it would return the cell, and Set would put its mark into the next task's use of it.
    private readonly bool IsPublished => Volatile.Read(in _continuation) != null && Volatile.Read(in _isSet);

    /// <summary>Publishes the outcome and sends the awaiter, if it is there already, on its way. The cell is the awaiter's from then on.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="cell">The cell, whose Execute calls <see cref="Resume"/>.</param>
    /// <param name="mayLend">Whether the caller would run the awaiter itself, rather than have it sent to the thread pool.</param>
    /// <returns>Whether the caller has to run it.</returns>
    public bool Set(in TaskOutcome<TResult> outcome, IThreadPoolWorkItem cell, bool mayLend)
    {
        _outcome = outcome;
        Volatile.Write(ref _isSet, true);
        // Race: the awaiter registers at this moment. Exactly one of the two exchanges finds null; the other one's side resumes.
        if (Volatile.Read(ref _continuation) == null && Interlocked.CompareExchange(ref _continuation, s_set, null) == null)
            return false;
        if (_context != null)
            _context.Post(_continuation!, _state);
        else if (mayLend)
            return true;
        else
            ThreadPool.UnsafeQueueUserWorkItem(cell, preferLocal: true);
        return false;
    }

    /// <summary>Runs the awaiter.</summary>
    public readonly void Resume() => _continuation!(_state);

    public readonly ValueTaskSourceStatus GetStatus(short token)
    {
        Verify(token);
        return IsPublished ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Verify(token);
        _state = state;
        _context = AwaiterContext.Capture(flags);
        Action<object?>? previous = Interlocked.CompareExchange(ref _continuation, continuation, null);
        if (previous == null)
            return;
        if (!ReferenceEquals(previous, s_set))
            throw new InvalidOperationException("A task's outcome can be awaited once.");
        // The outcome came first. Its awaiter must still not run inside OnCompleted.
        if (_context == null)
            ThreadPool.UnsafeQueueUserWorkItem(continuation, state, preferLocal: true);
        else
            _context.Post(continuation, state);
    }

    public readonly TaskOutcome<TResult> GetResult(short token)
    {
        Verify(token);
        if (!IsPublished)
            throw new InvalidOperationException("The task has no outcome yet: await it.");
        return _outcome;
    }

    /// <summary>Makes ready for the next task, and awaiters of this one fail from now on.</summary>
    public void Reset()
    {
        Token++;
        _outcome = default;
        _continuation = null;
        _state = null;
        _context = null;
        _isSet = false;
    }

    private readonly void Verify(short token)
    {
        if (token != Token)
            throw new InvalidOperationException("A task's outcome can be awaited once.");
    }
}
