using Dispatcher.Actors;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>
/// Sends every file of a walk through the pool, a bounded number at a time: the walk is asked for the next file only when a place in that
/// window is free, so neither the tree's size nor a slow disk grows memory.
/// </summary>
internal sealed class FolderRun(ITaskDispatcher pool, TimeProvider time)
{
    /// <summary>Files in flight for each worker: enough that none idles while a result travels back.</summary>
    internal const int WindowPerWorker = 4;

    /// <summary>How long files in hand may take to end once the run is stopped.</summary>
    internal static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    /// <summary>Files in flight at most.</summary>
    public int Window { get; } = Math.Max(1, pool.Snapshot().Workers) * WindowPerWorker;

    /// <summary>Hashes the files of the walk; what happens to each goes to <paramref name="tally"/> and, if hashed, to <paramref name="onHashed"/>.</summary>
    /// <param name="files">Enumerated once, lazily, by one thread at a time.</param>
    /// <param name="tally">Counts every file.</param>
    /// <param name="onHashed">Called from several threads.</param>
    /// <param name="stop">Ends the walk. Files in hand get <see cref="DrainLimit"/> to end, then are cancelled.</param>
    /// <returns>False when the walk was stopped before its end.</returns>
    public async Task<bool> HashAsync(IEnumerable<string> files, RunTally tally, Action<FileHash> onHashed, CancellationToken stop)
    {
        using var drain = new CancellationTokenSource();
        using var timer = time.CreateTimer(_ => drain.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var onStop = stop.Register(() => timer.Change(DrainLimit, Timeout.InfiniteTimeSpan));
        var options = new ParallelOptions { MaxDegreeOfParallelism = Window, CancellationToken = stop };
        try
        {
            await Parallel.ForEachAsync(files, options, (path, _) => HashOneAsync(path, tally, onHashed, drain.Token));
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false; // every file in hand has ended: the loop waits for its bodies
        }
    }

    private async ValueTask HashOneAsync(string path, RunTally tally, Action<FileHash> onHashed, CancellationToken drain)
    {
        tally.Start();
        long submitted = time.GetTimestamp();
        var outcome = await pool.RunAsync(new HashFile(path), cancellationToken: drain);
        tally.End(path, outcome, time.GetElapsedTime(submitted));
        if (outcome.IsCompleted)
            onHashed(outcome.GetResultOrThrow());
    }
}
