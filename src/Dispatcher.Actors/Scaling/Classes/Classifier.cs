using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Rounds;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Scaling.Classes;

/// <summary>Looks at what was measured of a pool's types of task: routes in the callers' table, and each decision to the log and to those who listen. Ends with the pool.</summary>
internal sealed class Classifier : IPoolRound
{
    private readonly PoolCore _core;
    private readonly MeasuringSettings _settings;
    private readonly IReadOnlyList<MeasuredType> _types;
    private readonly Action<ClassDecided> _publish;

    /// <summary>Makes one.</summary>
    /// <param name="core">The pool's default class.</param>
    /// <param name="settings">The thresholds.</param>
    /// <param name="types">The types that are measured.</param>
    /// <param name="publish">Who else is told of a decision.</param>
    public Classifier(PoolCore core, MeasuringSettings settings, IReadOnlyList<MeasuredType> types, Action<ClassDecided> publish)
    {
        _core = core;
        _settings = settings;
        _types = types;
        _publish = publish;
    }

    /// <inheritdoc/>
    public TimeSpan Every => _settings.Every;

    /// <inheritdoc/>
    public bool IsOver => _core.Phase == PoolPhase.Stopped;

    /// <inheritdoc/>
    public void Run()
    {
        foreach (MeasuredType type in _types)
        {
            if (type.Look(_settings, _core.Clock.Provider.GetUtcNow()) is not { } decided)
                continue;
            _core.Log.Classified(decided.Pool, decided.TaskType, decided.To, decided.From, decided.Class, decided.Reason);
            _publish(decided);
        }
    }

    /// <inheritdoc/>
    public void Recover(Exception error)
    {
        // What it knows lies in the types and stays: a look that failed has at most lost the counts of one measurement.
        _core.Log.RoundFailed(_core.Settings.Name, "classes of workers", error);
    }
}
