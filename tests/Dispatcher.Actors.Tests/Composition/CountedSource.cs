namespace Dispatcher.Actors.Tests.Composition;

/// <summary>A source of numbers from 0 that counts how far it was read, and waits or throws where it is told to.</summary>
internal sealed class CountedSource : IAsyncEnumerable<int>, IAsyncEnumerator<int>
{
    private readonly int _count;
    private readonly TaskCompletionSource<bool> _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read;

    public CountedSource(int count) => _count = count;

    /// <summary>Where it neither answers nor heeds its token; -1 for nowhere.</summary>
    public int StuckAt { get; init; } = -1;

    /// <summary>What it throws after its last number.</summary>
    public Exception? Error { get; init; }

    public int Read => Volatile.Read(ref _read);

    public Task Disposed => _disposed.Task;

    public int Current { get; private set; }

    public void Unstick() => _stuck.TrySetResult(false);

    public IAsyncEnumerator<int> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

    public ValueTask<bool> MoveNextAsync()
    {
        if (_read == StuckAt)
            return new ValueTask<bool>(_stuck.Task);
        if (_read == _count)
            return Error == null ? new ValueTask<bool>(false) : throw Error;
        Current = _read++;
        return new ValueTask<bool>(true);
    }

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
