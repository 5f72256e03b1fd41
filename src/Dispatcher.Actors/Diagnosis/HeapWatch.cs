using System.Globalization;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>
/// Finds a heap that is larger after each full collection. What other collections leave says nothing: garbage of the oldest generation is still in it. Not for
/// several threads.
/// </summary>
internal sealed class HeapWatch
{
    private const double Mib = 1024 * 1024;

    private readonly DiagnosisSettings _settings;
    private long _seen = -1;
    private long _base;
    private long _last;
    private long _peak;
    private int _rises;
    private int _calm;
    private int _collections;
    private bool _isFound;
    private TimeSpan _row;

    /// <summary>Makes a watch that has seen nothing.</summary>
    /// <param name="settings">How many collections, and how much growth.</param>
    public HeapWatch(DiagnosisSettings settings) => _settings = settings;

    /// <summary>One look.</summary>
    /// <param name="now">The process.</param>
    /// <param name="sinceLast">The time since the last look.</param>
    /// <returns>What it finds; null for nothing.</returns>
    public Symptom? Look(RuntimeReading now, TimeSpan sinceLast)
    {
        _row += sinceLast;
        if (now.FullCollections != _seen)
        {
            Note(now.LiveBytes);
            _seen = now.FullCollections;
        }

        return _isFound ? new Symptom(FindingKind.HeapGrows, null, null, _row, Evidence()) : null;
    }

    private void Note(long live)
    {
        bool rises = _seen >= 0 && live > _last;
        _rises = rises ? _rises + 1 : 0;
        _collections++;
        _calm = live > _peak ? 0 : _calm + 1;
        _peak = Math.Max(_peak, live);
        _last = live;
        if (_isFound)
        {
            // It gave back a tenth, or has found its size.
            _isFound = live > _peak * 0.9 && _calm < _settings.HeapCollections;
        }

        if (!rises && !_isFound)
            (_base, _peak, _row, _calm, _collections) = (live, live, TimeSpan.Zero, 0, 0);
        if (_rises >= _settings.HeapCollections && live - _base >= Math.Max(_settings.HeapLeastMib * Mib, _base * _settings.HeapGrowthPercent / 100.0))
            _isFound = true;
    }

    private string Evidence() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_base / Mib:0} -> {_last / Mib:0} MiB live in {_collections} full collections, {_settings.HeapCollections} or more of them in a row larger than the one before");
}
