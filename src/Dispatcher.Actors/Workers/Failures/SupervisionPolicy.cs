using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Workers.Failures;

/// <summary>Decides by the class of an error what becomes of the worker that failed with it. The strictest of the named directives counts.</summary>
internal sealed class SupervisionPolicy
{
    private readonly SupervisionSettings _settings;
    private readonly ErrorPattern[] _resume;
    private readonly ErrorPattern[] _stop;
    private readonly ErrorPattern[] _escalate;

    /// <summary>Makes a policy.</summary>
    /// <param name="settings">What it decides by.</param>
    public SupervisionPolicy(SupervisionSettings settings)
    {
        _settings = settings;
        _resume = ErrorPattern.ParseAll(settings.ResumeOn);
        _stop = ErrorPattern.ParseAll(settings.StopOn);
        _escalate = ErrorPattern.ParseAll(settings.EscalateOn);
    }

    /// <summary>Decides.</summary>
    /// <param name="error">What the worker failed with.</param>
    /// <param name="crashesInRow">How often a worker could not make its handler since the pool last completed a task.</param>
    public SupervisionDirective Decide(Exception error, int crashesInRow)
    {
        string errorClass = ErrorClasses.Of(error);
        if (crashesInRow >= _settings.EscalateAfter || ErrorPattern.AnyMatches(_escalate, error, errorClass))
            return SupervisionDirective.Escalate;
        if (ErrorPattern.AnyMatches(_stop, error, errorClass))
            return SupervisionDirective.Stop;
        return ErrorPattern.AnyMatches(_resume, error, errorClass) ? SupervisionDirective.Resume : SupervisionDirective.Restart;
    }

    /// <summary>How long a worker rests before it goes on.</summary>
    /// <param name="failuresInRow">How often it has failed since it last completed a task.</param>
    /// <param name="isCrash">Whether it failed because its handler could not be made.</param>
    public TimeSpan RestAfter(int failuresInRow, bool isCrash)
    {
        int every = isCrash ? 1 : _settings.BackoffAfter;
        return failuresInRow % every != 0
            ? TimeSpan.Zero
            : BackoffPolicy.After(failuresInRow / every, _settings.BackoffFirst, _settings.BackoffMax);
    }
}
