namespace Dispatcher.Actors.Tests.Threads;

/// <summary>
/// The invariant on real threads: eight submitters, one task in a hundred throws, one is cancelled, the pool goes from 1 to 64 workers and back every
/// 100 ms, and is stopped in the middle; a second one goes on. Every caller is told once, and the sums of both pools are what callers were told.
/// </summary>
internal sealed class ThreadRun
{
    private const int Submitters = 8;
    private const int InFlightEach = 64;

    private static readonly TimeSpan s_resizeEvery = TimeSpan.FromMilliseconds(100);

    private readonly int _tasks;
    private readonly SoakLedger _ledger;
    private readonly SoakPool _first;
    private readonly TaskCompletionSource<SoakPool> _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _next = -1;

    public ThreadRun(int tasks)
    {
        _tasks = tasks;
        _ledger = new SoakLedger(tasks);
        _first = new SoakPool("first", _ledger);
    }

    /// <summary>How many callers were told so far.</summary>
    public long Told => _ledger.Told;

    /// <summary>How often the number of workers was changed.</summary>
    public int Resizes { get; private set; }

    /// <summary>The pools, when they have stopped.</summary>
    public IReadOnlyList<PoolSnapshot> Pools { get; private set; } = [];

    /// <summary>Runs.</summary>
    /// <returns>What does not fit; empty when all does.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        using CancellationTokenSource over = new();
        Task resizing = Task.Run(() => ResizeAsync(over.Token), CancellationToken.None);
        Task[] callers = [.. Enumerable.Range(0, Submitters * InFlightEach).Select(_ => Task.Run(CallAsync))];
        await Task.WhenAny(_half.Task, Task.WhenAll(callers));
        await _first.StopAsync();
        SoakPool second = new("second", _ledger);
        _second.SetResult(second);
        await Task.WhenAll(callers);
        await over.CancelAsync();
        await resizing;
        await second.StopAsync();
        Pools = [_first.Dispatcher.Snapshot(), second.Dispatcher.Snapshot()];
        return _ledger.Verify(Pools);
    }

    private async Task CallAsync()
    {
        SoakPool pool = _first;
        int number;
        while ((number = Interlocked.Increment(ref _next)) < _tasks)
        {
            if (number == _tasks / 2)
                _half.TrySetResult();
            SoakTask task = new(number);
            OutcomeDetail? detail = await (task.IsCancelled ? CallAndCancelAsync(pool, task) : CallAsync(pool, task));
            if (detail is Rejected { Reason: RejectReason.Draining or RejectReason.Stopped })
                pool = await _second.Task;
        }
    }

    private async ValueTask<OutcomeDetail?> CallAsync(SoakPool pool, SoakTask task)
    {
        TaskOutcome<int> outcome = await pool.Dispatcher.RunAsync(task);
        return Note(task, outcome);
    }

    private async ValueTask<OutcomeDetail?> CallAndCancelAsync(SoakPool pool, SoakTask task)
    {
        if (task.Number % 200 < 100)
        {
            TaskHandle<int> handle = await pool.Dispatcher.SubmitAsync(task);
            handle.TryCancel("test");
            return Note(task, await handle.Outcome);
        }

        using CancellationTokenSource source = new();
        ValueTask<TaskOutcome<int>> pending = pool.Dispatcher.RunAsync(task, cancellationToken: source.Token);
        await source.CancelAsync();
        return Note(task, await pending);
    }

    private OutcomeDetail? Note(SoakTask task, TaskOutcome<int> outcome)
    {
        _ledger.Tell(task, outcome.Kind);
        return outcome.Detail;
    }

    private async Task ResizeAsync(CancellationToken over)
    {
        using PeriodicTimer timer = new(s_resizeEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                SoakPool pool = _second.Task.IsCompletedSuccessfully ? await _second.Task : _first;
                pool.Dispatcher.Resize(++Resizes % 2 == 0 ? SoakPool.FewWorkers : SoakPool.ManyWorkers);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The run is over.
        }
    }
}
