using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>The pool against one plain thread on the same files, both with a warm page cache, in turn; medians of the rounds.</summary>
/// <param name="Files">Files hashed by each.</param>
/// <param name="Bytes">Bytes hashed by each in a round.</param>
/// <param name="Stride">The sample is every how many-th file; 1 is the whole set.</param>
/// <param name="Rounds">Rounds of each of the two.</param>
/// <param name="Pool">Median time of the pool.</param>
/// <param name="OneThread">Median time of the thread.</param>
/// <param name="Equal">Files for which both found the hash of the run.</param>
/// <param name="Changed">Files with another hash that were written since the run began, or are gone.</param>
/// <param name="Different">Paths with another hash and no such excuse: one of the two is wrong.</param>
internal sealed record Comparison(
    int Files, long Bytes, long Stride, int Rounds, TimeSpan Pool, TimeSpan OneThread, int Equal, int Changed, IReadOnlyList<string> Different)
{
    private const int MinRounds = 3, MaxRounds = 25;

    // Few files take so little time that three rounds measure the first call's compilation: go on until there is something to measure.
    private static readonly TimeSpan s_enough = TimeSpan.FromMilliseconds(300);

    /// <summary>Bytes of a sample at most: what one thread hashes in well under a second.</summary>
    public const long MaxBytes = 128L << 20;

    /// <summary>How many times the pool's rate is the thread's.</summary>
    public double Ratio => Pool > TimeSpan.Zero ? OneThread / Pool : 0;

    /// <summary>Compares on the sample; null when it is empty or the token fired.</summary>
    public static async Task<Comparison?> MeasureAsync(
        FileSample sample, FolderRun run, DateTimeOffset begun, TimeProvider time, CancellationToken stop)
    {
        var files = sample.Take(MaxBytes);
        if (files.Count == 0)
            return null;
        var pool = new List<TimeSpan>();
        var thread = new List<TimeSpan>();
        string?[] hashes = [];
        long began = time.GetTimestamp();
        while (pool.Count < MinRounds || (pool.Count < MaxRounds && time.GetElapsedTime(began) < s_enough))
        {
            long at = time.GetTimestamp();
            if (!await run.HashAsync(files.Select(file => file.Path), new RunTally(), _ => { }, stop))
                return null;
            pool.Add(time.GetElapsedTime(at));
            hashes = await Task.Factory.StartNew(
                () => HashAll(files, thread, time, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (stop.IsCancellationRequested)
                return null;
        }
        return Judge(files, hashes, begun) with
        {
            Stride = sample.Stride, Rounds = pool.Count, Pool = Median(pool), OneThread = Median(thread),
        };
    }

    private static TimeSpan Median(List<TimeSpan> durations)
    {
        durations.Sort();
        return durations[durations.Count / 2];
    }

    // Takes the time itself: making the thread is no part of it.
    private static string?[] HashAll(IReadOnlyList<FileHash> files, List<TimeSpan> durations, TimeProvider time, CancellationToken stop)
    {
        long at = time.GetTimestamp();
        var hashes = new string?[files.Count];
        for (int i = 0; i < hashes.Length && !stop.IsCancellationRequested; i++)
            hashes[i] = HashOrNull(files[i].Path, stop);
        durations.Add(time.GetElapsedTime(at));
        return hashes;
    }

    private static string? HashOrNull(string path, CancellationToken stop)
    {
        try
        {
            return FileHasher.Hash(path, stop).Sha256;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return null; // it could be read a moment ago: gone or changed, counted as such
        }
    }

    private static Comparison Judge(IReadOnlyList<FileHash> files, string?[] hashes, DateTimeOffset begun)
    {
        int equal = 0, changed = 0;
        var different = new List<string>();
        for (int i = 0; i < hashes.Length; i++)
            if (hashes[i] == files[i].Sha256)
                equal++;
            else if (hashes[i] is null || File.GetLastWriteTimeUtc(files[i].Path) >= begun.UtcDateTime)
                changed++;
            else
                different.Add(files[i].Path);
        return new Comparison(files.Count, files.Sum(file => file.Bytes), 1, 0, default, default, equal, changed, different);
    }
}
