namespace Dispatcher.Actors.Configuration;

/// <summary>What bounds all retries of a pool together. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>, below <c>retries</c>.</summary>
public sealed record RetryLimits
{
    /// <summary><c>budget-percent</c></summary>
    public required int BudgetPercent { get; init; }

    /// <summary><c>budget-floor</c></summary>
    public required int BudgetFloor { get; init; }

    /// <summary><c>max-delayed</c></summary>
    public required int MaxDelayed { get; init; }

    /// <summary><c>poison-after</c></summary>
    public required int PoisonAfter { get; init; }
}
