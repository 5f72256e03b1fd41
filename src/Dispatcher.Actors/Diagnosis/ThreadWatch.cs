using System.Globalization;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>Finds a thread pool in which work waits long for a thread, at two looks in a row. Not for several threads.</summary>
internal sealed class ThreadWatch
{
    private readonly TimeSpan _limit;
    private TimeSpan _row;
    private int _bad;

    /// <summary>Makes a watch that has seen nothing.</summary>
    /// <param name="limit">A wait that is too long.</param>
    public ThreadWatch(TimeSpan limit) => _limit = limit;

    /// <summary>One look.</summary>
    /// <param name="now">The process.</param>
    /// <param name="sinceLast">The time since the last look.</param>
    /// <returns>What it finds; null for nothing.</returns>
    public Symptom? Look(RuntimeReading now, TimeSpan sinceLast)
    {
        if (now.WaitForThread < _limit)
        {
            _bad = 0;
            return null;
        }

        _row = _bad == 0 ? now.WaitForThread : _row + sinceLast;
        return ++_bad < 2
            ? null
            : new Symptom(
                FindingKind.ThreadsStarved, null, null, _row,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a work item has waited {now.WaitForThread.TotalSeconds:0.###} s for a thread; {now.Threads} threads, {now.PendingWork} work items wait"));
    }
}
