using Dispatcher.Actors;

namespace Dispatcher.Host.Endpoints;

/// <summary>Answer of <c>/findings</c>.</summary>
/// <param name="Active">Those that last.</param>
/// <param name="Recent">Those that have ended, the newest first.</param>
internal sealed record FindingList(IReadOnlyList<FindingView> Active, IReadOnlyList<FindingView> Recent);

/// <summary>One finding.</summary>
internal sealed record FindingView(
    string Kind, string? Pool, string? TaskType, string Text, DateTimeOffset Since, DateTimeOffset FoundAt, DateTimeOffset? EndedAt, string Evidence)
{
    public static FindingView Of(Finding finding) => new(
        finding.Kind.ToString(), finding.Pool, finding.TaskType, finding.ToString(), finding.Since, finding.FoundAt, finding.EndedAt, finding.Evidence);
}

/// <summary>Answer of <c>/pools/{pool}/scaling</c>: the oldest decision first.</summary>
internal sealed record ScalingView(string Pool, IReadOnlyList<ScalingDecisionView> Decisions);

/// <summary>One decision about a pool's size.</summary>
internal sealed record ScalingDecisionView(DateTimeOffset At, string Policy, int From, int To, string Rule, string Reason)
{
    public static ScalingDecisionView Of(ScalingDecided decided) =>
        new(decided.At, decided.Policy, decided.From, decided.To, decided.Rule.ToString(), decided.Reason);
}
