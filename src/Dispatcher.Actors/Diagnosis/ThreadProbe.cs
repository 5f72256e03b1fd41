using System.Diagnostics;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>
/// Measures how long work waits for a thread of the thread pool, by putting a work item there and seeing when it runs. One at a time: a pool that is
/// starved must not be fed with probes. In real time, since that is what threads live in.
/// </summary>
internal sealed class ThreadProbe : IThreadPoolWorkItem
{
    private long _sentAt;
    private long _ranAt;

    /// <summary>How long the last one has waited, or waits still; then sends the next one.</summary>
    public TimeSpan Measure()
    {
        long sent = _sentAt, ran = Volatile.Read(ref _ranAt);
        TimeSpan wait = sent == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(sent, ran == 0 ? Stopwatch.GetTimestamp() : ran);
        if (sent == 0 || ran != 0)
        {
            _sentAt = Stopwatch.GetTimestamp();
            Volatile.Write(ref _ranAt, 0);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return wait;
    }

    /// <summary>Runs on the thread that it waited for.</summary>
    public void Execute() => Volatile.Write(ref _ranAt, Stopwatch.GetTimestamp());
}
