namespace Dispatcher.Actors.Tests.Support;

/// <summary>A handler that blocks its thread until the test lets it go.</summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private int _inside;

    /// <summary>How many threads wait.</summary>
    public int Inside => Volatile.Read(ref _inside);

    public string Pass(string name)
    {
        Interlocked.Increment(ref _inside);
        // A test that fails must not hang the run.
        _open.Wait(TimeSpan.FromSeconds(30));
        Interlocked.Decrement(ref _inside);
        return name;
    }

    public void Open() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }
}
