using Dispatcher.Actors;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>
/// What happened to the files of one run. Written by every task that ends, read at any time by the progress line; its counters are
/// lock-free, only the rare failures take a lock.
/// </summary>
internal sealed class RunTally
{
    /// <summary>Paths kept for each reason.</summary>
    internal const int MaxExamples = 3;

    /// <summary>Reasons told apart; further ones are counted as "other reasons".</summary>
    internal const int MaxReasons = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<FailureReason, FailureGroup> _failures = [];
    private long _started, _hashed, _failed, _bytes;

    /// <summary>From submit to outcome, the wait for a worker included.</summary>
    public LatencyHistogram Total { get; } = new();

    /// <summary>In the handler.</summary>
    public LatencyHistogram Hashing { get; } = new();

    public long Hashed => Volatile.Read(ref _hashed);

    public long Failed => Volatile.Read(ref _failed);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Files with an outcome.</summary>
    public long Done => Hashed + Failed;

    public long InFlight => Math.Max(0, Volatile.Read(ref _started) - Done); // two reads: never let the line show -1

    public void Start() => Interlocked.Increment(ref _started);

    public void End(string path, in TaskOutcome<FileHash> outcome, TimeSpan total)
    {
        Total.Record(total);
        if (outcome.IsCompleted)
        {
            var hash = outcome.GetResultOrThrow();
            Hashing.Record(hash.Elapsed);
            Interlocked.Add(ref _bytes, hash.Bytes);
            Interlocked.Increment(ref _hashed);
            return;
        }
        AddReason(FailureReason.Of(path, outcome.Kind, outcome.Detail), path, (outcome.Detail as Failed)?.Error.Message);
        Interlocked.Increment(ref _failed);
    }

    /// <summary>A folder that could not be listed. It is reported, but it is no file and no task.</summary>
    public void UnreadableFolder(string path, Exception error) =>
        AddReason(new($"folder: {FailureReason.Of(path, error).Text}", IsOfTheFile: true), path, error.Message);

    /// <summary>The failures, most frequent first.</summary>
    public IReadOnlyList<FailureGroup> Failures()
    {
        lock (_gate)
            return [.. _failures.Values.OrderByDescending(group => group.Count).ThenBy(group => group.Reason.Text, StringComparer.Ordinal)];
    }

    private void AddReason(FailureReason reason, string path, string? message)
    {
        lock (_gate)
        {
            if (!_failures.TryGetValue(reason, out var group))
            {
                if (_failures.Count >= MaxReasons)
                    reason = new("other reasons", reason.IsOfTheFile);
                if (!_failures.TryGetValue(reason, out group))
                    _failures.Add(reason, group = new FailureGroup(reason));
            }
            group.Add(path, message);
        }
    }
}

/// <summary>Failures with one reason.</summary>
internal sealed class FailureGroup(FailureReason reason)
{
    private readonly List<(string Path, string? Message)> _examples = [];

    public FailureReason Reason => reason;

    public long Count { get; private set; }

    public IReadOnlyList<(string Path, string? Message)> Examples => _examples;

    internal void Add(string path, string? message)
    {
        Count++;
        if (_examples.Count < RunTally.MaxExamples)
            _examples.Add((path, message));
    }
}
