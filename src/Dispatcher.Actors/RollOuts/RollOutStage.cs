using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.RollOuts;

/// <summary>A roll-out from one change of its share to the next: what it knows of the versions begins anew with it.</summary>
internal sealed class RollOutStage
{
    private readonly RollOut _owner;
    private readonly RollOutSettings _settings;
    private readonly RollOutComparison _comparison;
    private readonly Lock _gate = new();
    private long _newCalls;
    private long _nextLook;

    /// <summary>Begins a stage.</summary>
    /// <param name="owner">The roll-out.</param>
    /// <param name="phase">What it is about.</param>
    /// <param name="share">The share of tasks that run in the new version.</param>
    /// <param name="settings">What is allowed.</param>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public RollOutStage(RollOut owner, RollOutPhase phase, double share, RollOutSettings settings, long timestampFrequency)
    {
        _owner = owner;
        _settings = settings;
        Phase = phase;
        Share = share;
        Limit = VersionChoice.LimitOf(share);
        Old = new VersionMeter(this, timestampFrequency);
        New = new VersionMeter(this, timestampFrequency);
        _comparison = new RollOutComparison(settings, Old, New);
        _nextLook = settings.MinimumSamples;
    }

    /// <summary>What it is about.</summary>
    public RollOutPhase Phase { get; }

    /// <summary>The share of tasks that run in the new version.</summary>
    public double Share { get; }

    /// <summary>Up to where they do.</summary>
    public ulong Limit { get; }

    /// <summary>The calls of the old version.</summary>
    public VersionMeter Old { get; }

    /// <summary>The calls of the new version.</summary>
    public VersionMeter New { get; }

    /// <summary>
    /// A call was counted. The one that makes enough calls of the new version looks at both; others go on meanwhile. Race: two are there at the same moment.
    /// One looks and sees the calls of both, the other finds the gate taken or the next look far away.
    /// </summary>
    /// <param name="meter">Whose call.</param>
    public void OnCounted(VersionMeter meter)
    {
        if (!ReferenceEquals(meter, New) || Interlocked.Increment(ref _newCalls) < Volatile.Read(ref _nextLook) || !_gate.TryEnter())
            return;
        RollOutFinding? finding;
        try
        {
            Volatile.Write(ref _nextLook, Volatile.Read(ref _newCalls) + _settings.MinimumSamples);
            finding = _comparison.Look();
        }
        finally
        {
            _gate.Exit();
        }

        if (finding != null)
            _owner.CutOff(this, finding);
    }

    /// <summary>What the versions did lately.</summary>
    public (VersionFigures Old, VersionFigures New, long Looks) ToFigures()
    {
        lock (_gate)
            return _comparison.ToFigures();
    }
}
