using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Routing;

/// <summary>
/// A stop in three phases, each with an end: refuse what is new and finish what there is; when the time for that is over, reject what has not
/// started and ask the rest to stop; after the grace, abandon what is still at work, and name it.
/// </summary>
internal sealed class Drain
{
    private readonly PoolCore _core;
    private Step _step;
    private long _until;

    /// <summary>Makes a plan that has not begun.</summary>
    /// <param name="core">The pool.</param>
    public Drain(PoolCore core) => _core = core;

    private enum Step : byte
    {
        NotBegun,
        Finishing,
        Stopping,
        Ended,
    }

    /// <summary>The tasks that did not finish.</summary>
    public IReadOnlyList<string> Unfinished { get; private set; } = [];

    /// <summary>Begins, unless it has.</summary>
    public void Begin()
    {
        if (_step != Step.NotBegun)
            return;
        _step = Step.Finishing;
        _until = _core.Clock.Now + _core.Clock.Ticks(_core.Settings.DrainTimeout);
        _core.BeginDrain();
    }

    /// <summary>Goes on as far as it may.</summary>
    /// <returns>Whether this call brought it to its end.</returns>
    public bool TryEnd()
    {
        if (_step is Step.NotBegun or Step.Ended)
            return false;
        if (_core.IsQuiet)
            return End();
        if (_core.Clock.Now < _until)
            return false;
        if (_step == Step.Finishing)
        {
            _step = Step.Stopping;
            _until = _core.Clock.Now + _core.GraceTicks;
            _core.Close();
            _core.StopRunning(OutcomeDetails.CancelledByDrain);
            return _core.IsQuiet && End();
        }

        Unfinished = _core.AbandonRunning("the pool stopped and its handler did not");
        return End();
    }

    private bool End()
    {
        _core.Close();
        _step = Step.Ended;
        return true;
    }
}
