using System.Globalization;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>
/// Finds a queue whose tasks get ever older. What counts is how fast the oldest one ages: in a queue that is served as it fills it does not; where it ages at
/// half the speed of time or faster, and nothing is gained on the depth, fewer than half of what comes is served. Not for several threads.
/// </summary>
internal sealed class QueueWatch
{
    private const double LeastSpeed = 0.5;

    // So many good looks end the finding: one may be luck.
    private const int GoodLooks = 2;

    private readonly int _looks;
    private readonly string _pool;
    private QueueReading _last;
    private QueueReading _first;
    private TimeSpan _row;
    private int _bad;
    private int _good;
    private bool _isFound;

    /// <summary>Makes a watch that has seen nothing.</summary>
    /// <param name="pool">The pool's label.</param>
    /// <param name="looks">How many looks in a row make a finding.</param>
    public QueueWatch(string pool, int looks)
    {
        _pool = pool;
        _looks = looks;
    }

    /// <summary>One look.</summary>
    /// <param name="now">The queue.</param>
    /// <param name="sinceLast">The time since the last look.</param>
    /// <returns>What it finds; null for nothing.</returns>
    public Symptom? Look(QueueReading now, TimeSpan sinceLast)
    {
        bool isBad = now.Depth > 0 && now.Depth >= _last.Depth && now.OldestAge - _last.OldestAge >= sinceLast * LeastSpeed;
        if (isBad)
        {
            if (_bad == 0 && !_isFound)
                (_first, _row) = (_last, TimeSpan.Zero);
            _bad++;
            _good = 0;
        }
        else
        {
            _bad = 0;
            _good = now.Depth == 0 ? GoodLooks : _good + 1;
        }

        _row += sinceLast;
        _last = now;
        _isFound = _isFound ? _good < GoodLooks : _bad >= _looks;
        return _isFound ? new Symptom(FindingKind.QueueGrows, _pool, null, _row, Evidence(now)) : null;
    }

    private string Evidence(QueueReading now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_first.Depth} -> {now.Depth} tasks wait, the oldest for {now.OldestAge.TotalSeconds:0} s; in {_row.TotalSeconds:0} s {now.Submitted - _first.Submitted} came and {now.Started - _first.Started} were started; {now.Running} run in {now.Workers} worker(s)");
}
