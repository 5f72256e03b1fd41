namespace Dispatcher.Actors.Workers.Failures;

/// <summary>What becomes of a worker that failed.</summary>
internal enum SupervisionDirective : byte
{
    /// <summary>It goes on with fresh handlers.</summary>
    Restart,

    /// <summary>It goes on with the handlers it has.</summary>
    Resume,

    /// <summary>It stops, and a new worker takes its place.</summary>
    Stop,

    /// <summary>The pool cannot help: it gives itself up.</summary>
    Escalate,
}
