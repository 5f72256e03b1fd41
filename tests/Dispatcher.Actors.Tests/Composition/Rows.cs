using Dispatcher.Actors.Hosting;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>What a pipeline of the tests carries: a number on its way.</summary>
internal sealed record Clean(int Row) : ITask<int>;

internal sealed record Validate(int Row) : ITask<int>;

internal sealed record Store(int Row) : ITask<string>;

/// <summary>Gates before the rows of one stage: all open until a test closes one.</summary>
internal sealed class RowGates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TaskCompletionSource> _closed = [];
    private TaskCompletionSource? _all;
    private int _running;

    /// <summary>How many rows are in the handler.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The most rows that were in the handler at once.</summary>
    public int MostRunning { get; private set; }

    /// <summary>How many rows have come to the handler.</summary>
    public int Calls { get; private set; }

    public void Close(int row)
    {
        lock (_gate)
            _closed[row] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void CloseAll() => _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open(int row) => _closed[row].TrySetResult();

    public void OpenAll() => _all!.TrySetResult();

    public async ValueTask PassAsync(int row, TaskContext context)
    {
        Task? closed;
        lock (_gate)
        {
            Calls++;
            MostRunning = Math.Max(MostRunning, ++_running);
            closed = _all?.Task ?? _closed.GetValueOrDefault(row)?.Task;
        }

        try
        {
            if (closed != null)
                await closed.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _running--;
        }
    }
}

/// <summary>The three stages of the tests, and the gates before each.</summary>
internal sealed class Stages
{
    public RowGates Cleaning { get; } = new();

    public RowGates Validating { get; } = new();

    public RowGates Storing { get; } = new();

    /// <summary>Which rows are not valid.</summary>
    public Func<int, bool> IsBad { get; init; } = static _ => false;

    public void AddTo(TaskDispatcherBuilder pool)
    {
        pool.Handle<Clean, int>(async (task, context) =>
        {
            await Cleaning.PassAsync(task.Row, context);
            return task.Row * 10;
        });
        pool.Handle<Validate, int>(async (task, context) =>
        {
            await Validating.PassAsync(task.Row / 10, context);
            return IsBad(task.Row / 10) ? throw new FormatException($"row {task.Row / 10}") : task.Row + 1;
        });
        pool.Handle<Store, string>(async (task, context) =>
        {
            await Storing.PassAsync(task.Row / 10, context);
            return $"row {task.Row}";
        });
    }
}
