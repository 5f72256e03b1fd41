using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>
/// Shows how a run goes: on a terminal one line that rewrites itself, else whole lines at growing intervals, so that the log of a long run
/// stays short. Counts the folder's files beside the run, so that the time left is known soon.
/// </summary>
internal sealed class Progress(RunTally tally, TextWriter to, bool terminal, Func<int> width, TimeProvider time)
{
    private static readonly TimeSpan s_rewrite = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_firstLine = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_lastInterval = TimeSpan.FromSeconds(30);

    private readonly long _begun = time.GetTimestamp();
    private LatencyHistogram.Counts _before = tally.Total.Read();
    private long _expected = -1;

    /// <summary>Shows lines until the token fires, then a last one.</summary>
    public async Task ShowAsync(CancellationToken done)
    {
        using var timer = new PeriodicTimer(terminal ? s_rewrite : s_firstLine, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                Show();
                if (!terminal && timer.Period < s_lastInterval)
                    timer.Period = TimeSpan.FromTicks(Math.Min(timer.Period.Ticks * 2, s_lastInterval.Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            _before = default;
            Show();
            if (terminal)
                to.WriteLine();
        }
    }

    /// <summary>Counts the files on a thread of the pool; lists folders only, opens nothing.</summary>
    public Task ExpectAsync(FolderWalk again, CancellationToken done) => Task.Run(() =>
    {
        long count = 0;
        foreach (string _ in again.Files())
        {
            count++;
            if (done.IsCancellationRequested)
                return;
        }
        Volatile.Write(ref _expected, count);
    }, CancellationToken.None);

    internal string Line()
    {
        var now = tally.Total.Read();
        var recent = _before.IsEmpty ? now : now.Since(_before);
        _before = now;
        var elapsed = time.GetElapsedTime(_begun);
        long done = tally.Done, expected = Volatile.Read(ref _expected);
        double rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        double bytesRate = elapsed > TimeSpan.Zero ? tally.Bytes / elapsed.TotalSeconds : 0;
        string of = expected > 0 ? $" of {Format.Count(expected)} ({Math.Min(100, done * 100 / expected)} %)" : "";
        string left = expected > done && rate > 0 ? $", ETA {Format.Clock(TimeSpan.FromSeconds((expected - done) / rate))}" : "";
        string failed = tally.Failed > 0 ? $", {Format.Count(tally.Failed)} failed" : "";
        return $"{Format.Count(done)}{of} files, {Format.Bytes(tally.Bytes)}, {Format.Count((long)rate)} files/s, {Format.Bytes(bytesRate)}/s, "
            + $"{tally.InFlight} in flight, P50 {Format.Duration(recent.Percentile(0.5))}, P99 {Format.Duration(recent.Percentile(0.99))}{failed}{left}";
    }

    private void Show()
    {
        string line = Line();
        if (!terminal)
        {
            to.WriteLine(line);
            return;
        }
        int room = Math.Max(20, width() - 1); // one column free: a full line would wrap and could not be rewritten
        to.Write('\r' + (line.Length > room ? line[..room] : line.PadRight(room)));
    }
}
