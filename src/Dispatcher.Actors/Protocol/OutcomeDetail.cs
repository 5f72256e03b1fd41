using System.Text.Json.Serialization;
using Dispatcher.Actors.Json;

namespace Dispatcher.Actors;

/// <summary>What there is to say about an outcome other than Completed. One record a kind, made for pattern matching.</summary>
[JsonConverter(typeof(OutcomeDetailJsonConverter))]
public abstract record OutcomeDetail
{
    private protected OutcomeDetail()
    {
    }

    /// <summary>The kind of outcome that this detail belongs to.</summary>
    public abstract OutcomeKind Kind { get; }
}

/// <summary>The handler threw.</summary>
/// <param name="Error">What it threw, with its chain of causes.</param>
/// <param name="ErrorClass">The class the error was sorted into, by which retries and supervision decide.</param>
/// <param name="Attempts">How often the handler was tried, at least 1.</param>
public sealed record Failed(Exception Error, string ErrorClass, int Attempts) : OutcomeDetail
{
    /// <inheritdoc/>
    public override OutcomeKind Kind => OutcomeKind.Failed;
}

/// <summary>The task was refused and never ran.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RetryAfter">When a new try may have better luck; null where no time helps.</param>
public sealed record Rejected(RejectReason Reason, TimeSpan? RetryAfter) : OutcomeDetail
{
    /// <inheritdoc/>
    public override OutcomeKind Kind => OutcomeKind.Rejected;
}

/// <summary>The task's time was over.</summary>
/// <param name="Where">Where it was then.</param>
public sealed record Expired(ExpiredWhere Where) : OutcomeDetail
{
    /// <inheritdoc/>
    public override OutcomeKind Kind => OutcomeKind.Expired;
}

/// <summary>The task was cancelled.</summary>
/// <param name="By">Who asked for it.</param>
public sealed record Cancelled(string By) : OutcomeDetail
{
    /// <inheritdoc/>
    public override OutcomeKind Kind => OutcomeKind.Cancelled;
}

/// <summary>The task was given up; its handler may still be at work.</summary>
/// <param name="Why">What made the pool give up.</param>
public sealed record Abandoned(string Why) : OutcomeDetail
{
    /// <inheritdoc/>
    public override OutcomeKind Kind => OutcomeKind.Abandoned;
}
