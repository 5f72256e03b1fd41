namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>What a task's handler does.</summary>
internal enum Script
{
    Done,
    Throw,
    ThrowForeignCancel,

    /// <summary>Takes its time, and answers.</summary>
    Compute,

    /// <summary>Its handler could not be made.</summary>
    Crash,

    /// <summary>Awaits, then answers; or obeys, if it was asked to stop.</summary>
    Later,
    ThrowLater,

    /// <summary>Awaits, and obeys at once when it is asked to stop.</summary>
    ObeyAtOnce,

    /// <summary>Awaits, deaf to its token, then answers.</summary>
    Deaf,

    /// <summary>Hands in a child in its turn, awaits, hands in another one, then answers or obeys.</summary>
    HandIn,

    /// <summary>Answers only when all others have.</summary>
    Hang,
}

/// <summary>A task, and all that is known about it from outside: how often its handler was called, what its caller was told.</summary>
internal sealed class SimulatedTask(int number, Script script)
{
    /// <summary>The task's number in its life.</summary>
    public int Number => number;

    public Script Script => script;

    /// <summary>How often its handler was called.</summary>
    public int Runs { get; set; }

    /// <summary>Its key; null for none.</summary>
    public string? Key { get; set; }

    /// <summary>Whether its handler may run for a certain time only.</summary>
    public bool HasLimit { get; set; }

    /// <summary>How often its handler may be called.</summary>
    public int MaxRuns { get; set; } = 1;

    /// <summary>Whether its handler is at work.</summary>
    public bool InHandler { get; set; }

    /// <summary>Whether what failed before does not fail now: so it is with every other task.</summary>
    public bool IsHealed => Runs > 1 && number % 2 == 0;

    /// <summary>What its caller was told; Pending for not yet, or for a task whose caller does not want to know.</summary>
    public OutcomeKind Told { get; private set; }

    /// <summary>Its caller is told.</summary>
    public void Tell(TaskOutcome<int> outcome)
    {
        Check(Told == OutcomeKind.Pending, $"was told {outcome} after {Told}");
        Check(outcome.Kind != OutcomeKind.Pending, "was told that it is pending");
        Told = outcome.Kind;
        Check(Runs <= MaxRuns, $"ran {Runs} times");
        bool hasRun = Runs > 0;
        switch (outcome.Detail)
        {
            case null:
                Check(hasRun && outcome.Result == number, $"was told {outcome} after {Runs} runs");
                break;
            case Failed or Abandoned or Expired { Where: ExpiredWhere.Run }:
                Check(hasRun, $"was told {outcome}, and never ran");
                break;
            case Rejected or Expired { Where: ExpiredWhere.Submit }:
            case Expired { Where: ExpiredWhere.Queue } when MaxRuns == 1:
                Check(!hasRun, $"was told {outcome}, and ran");
                break;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"task {number} ({script})";

    private void Check(bool isSo, string what)
    {
        if (!isSo)
            throw new SimulationException($"{this} {what}.");
    }
}
