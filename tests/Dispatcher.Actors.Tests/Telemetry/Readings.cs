using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Tests.Telemetry;

/// <summary>What a listener hears of the meters of one factory.</summary>
internal sealed class Readings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<Reading> _recorded = [];
    private readonly ConcurrentQueue<string> _ended = [];
    private readonly List<Reading> _observed = [];
    private readonly List<Instrument> _instruments = [];

    public Readings(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != "Dispatcher.Actors" || !ReferenceEquals(instrument.Meter.Scope, factory))
                return;
            _instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.MeasurementsCompleted = (instrument, _) => _ended.Enqueue(instrument.Name);
        _listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    /// <summary>Instruments that are no more: their meter was disposed of.</summary>
    public IReadOnlyCollection<string> Ended => _ended;

    /// <summary>The value of a counter or gauge now.</summary>
    public double Read(string name, params string[] attributes) => Observe(name).Single(reading => reading.Has(attributes)).Value;

    /// <summary>What was recorded by a histogram so far.</summary>
    public double[] Recorded(string name, params string[] attributes) =>
        [.. _recorded.Where(reading => reading.Name == name && reading.Has(attributes)).Select(reading => reading.Value)];

    public IReadOnlySet<string> ValuesOf(string name, string attribute) => Values(_recorded.Where(reading => reading.Name == name), attribute);

    public IReadOnlySet<string> ValuesOfCounts(string name, string attribute) => Values(Observe(name), attribute);

    public void Dispose() => _listener.Dispose();

    private static HashSet<string> Values(IEnumerable<Reading> readings, string attribute) =>
        [.. readings.SelectMany(reading => reading.Attributes).Where(pair => pair.StartsWith($"{attribute}=", StringComparison.Ordinal)).Select(pair => pair[(attribute.Length + 1)..])];

    private Reading[] Observe(string name)
    {
        _observed.Clear();
        _listener.RecordObservableInstruments();
        return [.. _observed.Where(reading => reading.Name == name)];
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Reading reading = new(instrument.Name, value, [.. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);
        if (instrument.IsObservable)
            _observed.Add(reading);
        else
            _recorded.Enqueue(reading);
    }

    private sealed record Reading(string Name, double Value, string[] Attributes)
    {
        public bool Has(string[] attributes) => attributes.All(Attributes.Contains);
    }
}
