using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.RollOuts;

/// <summary>The roll-out of a new version of a handler: which share of tasks it runs, and when it is cut off. For any thread.</summary>
internal sealed class RollOut : ITaskRollOut
{
    private const int DecisionsKept = 64;

    private readonly RollOutSettings _settings;
    private readonly Clock _clock;
    private readonly ulong _seed;
    private readonly DecisionLog<RollOutDecided> _decisions = new(DecisionsKept);
    private readonly Lock _deciding = new();
    private RollOutStage _stage;

    /// <summary>Begins a roll-out with the share that the settings say.</summary>
    /// <param name="pool">The pool's name.</param>
    /// <param name="taskType">The type of task.</param>
    /// <param name="oldVersion">The old handler's name.</param>
    /// <param name="newVersion">The new one's.</param>
    /// <param name="settings">What is allowed.</param>
    /// <param name="clock">The pool's time.</param>
    public RollOut(string pool, Type taskType, string oldVersion, string newVersion, RollOutSettings settings, Clock clock)
    {
        Pool = pool;
        TaskType = taskType;
        OldVersion = oldVersion;
        NewVersion = newVersion;
        _settings = settings;
        _clock = clock;
        _seed = VersionChoice.SeedOf(taskType, newVersion);
        _stage = NewStage(settings.Share);
    }

    /// <inheritdoc/>
    public string Pool { get; }

    /// <inheritdoc/>
    public Type TaskType { get; }

    /// <inheritdoc/>
    public string OldVersion { get; }

    /// <inheritdoc/>
    public string NewVersion { get; }

    /// <summary>Who is told of decisions, from whatever thread they are made on; null for nobody.</summary>
    public Action<RollOutDecided>? Announce { get; set; }

    /// <summary>Whether the pool has started: then a new version that cannot be made is a failure of its tasks, and not of the start.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The present stage.</summary>
    public RollOutStage Stage => Volatile.Read(ref _stage);

    /// <summary>A task comes into its handler.</summary>
    /// <param name="context">The task.</param>
    /// <returns>Its call, of the version that runs it.</returns>
    public VersionCall Begin(in TaskContext context)
    {
        RollOutStage stage = Stage;
        bool isNew = VersionChoice.IsNew(_seed, stage.Limit, context.Key, context.Id.Value);
        // What is tried again failed before: it would count each failure as often as it is tried.
        VersionMeter? meter = context.Attempt == 1 ? isNew ? stage.New : stage.Old : null;
        if (meter != null)
            context.EnterVersion(meter);
        return new VersionCall(meter, isNew, _clock);
    }

    /// <summary>
    /// Cuts the new version off. Race: an operator changes the share at this moment, or a call of a former stage ends late. What was found out about one stage
    /// says nothing about another, so it counts only while that stage lasts.
    /// </summary>
    /// <param name="stage">The stage that it was found out about.</param>
    /// <param name="finding">What is wrong.</param>
    public void CutOff(RollOutStage stage, RollOutFinding finding)
    {
        lock (_deciding)
        {
            if (ReferenceEquals(_stage, stage))
                Change(0, finding.Rule, finding.Reason);
        }
    }

    /// <inheritdoc/>
    public void SetShare(double share, string? reason = null)
    {
        if (!(share >= 0 && share <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is 0 to 1.");
        lock (_deciding)
            Change(share, RollOutRule.Operator, reason ?? "set by hand");
    }

    /// <inheritdoc/>
    public void CutOff(string? reason = null) => SetShare(0, reason);

    /// <inheritdoc/>
    public void Promote(string? reason = null) => SetShare(1, reason);

    /// <inheritdoc/>
    public RollOutSnapshot Snapshot()
    {
        RollOutStage stage = Stage;
        (VersionFigures old, VersionFigures @new, long looks) = stage.ToFigures();
        return new RollOutSnapshot(Pool, TaskType.Name, OldVersion, NewVersion, stage.Phase, stage.Share, old, @new, looks);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RollOutDecided> GetDecisions() => _decisions.ToList();

    private RollOutStage NewStage(double share) =>
        new(this, share switch { 0 => RollOutPhase.CutOff, 1 => RollOutPhase.Promoted, _ => RollOutPhase.Comparing }, share, _settings, _clock.Provider.TimestampFrequency);

    // Under the lock, so that decisions are told in their order.
    private void Change(double share, RollOutRule rule, string reason)
    {
        RollOutStage before = _stage;
        Volatile.Write(ref _stage, NewStage(share));
        (VersionFigures old, VersionFigures @new, long looks) = before.ToFigures();
        RollOutDecided decided = new(
            Pool, _clock.Provider.GetUtcNow(), TaskType.Name, OldVersion, NewVersion, before.Share, share, rule, reason, old, @new, looks);
        _decisions.Add(decided);
        Announce?.Invoke(decided);
    }
}
