using Dispatcher.Actors;
using System.Text.Json.Serialization;

namespace Dispatcher.Host.Endpoints;

/// <summary>Answer of <c>/pools/{pool}/rollouts</c>.</summary>
internal sealed record RollOutList(string Pool, IReadOnlyList<RollOutView> RollOuts);

/// <summary>The roll-out of a new version of a handler at one moment.</summary>
/// <param name="TaskType">The type of task, and the last part of <paramref name="Href"/>.</param>
/// <param name="Phase">comparing, cut-off or promoted.</param>
/// <param name="Share">The share of tasks, or of keys, that the new version runs, 0 to 1.</param>
/// <param name="Old">What the old version did lately.</param>
/// <param name="New">What the new one did meanwhile.</param>
/// <param name="Looks">How often the two were compared since the share was set.</param>
/// <param name="Href">Where it is changed.</param>
/// <param name="Decisions">The newest changes, the oldest first.</param>
internal sealed record RollOutView(
    string TaskType, string Phase, double Share, VersionView Old, VersionView New, long Looks, string Href, IReadOnlyList<RollOutDecisionView> Decisions)
{
    public static RollOutView Of(ITaskRollOut rollOut, string href)
    {
        var now = rollOut.Snapshot();
        string phase = now.Phase switch { RollOutPhase.CutOff => "cut-off", RollOutPhase.Promoted => "promoted", _ => "comparing" };
        return new RollOutView(
            now.TaskType, phase, now.Share, VersionView.Of(now.OldVersion, now.Old), VersionView.Of(now.NewVersion, now.New), now.Looks, href,
            [.. rollOut.GetDecisions().Select(RollOutDecisionView.Of)]);
    }
}

/// <summary>What a version did lately: calls since the share was set, of a block of looks at most.</summary>
internal sealed record VersionView(string Version, long Calls, long Errors, double P50Seconds, double P99Seconds)
{
    public static VersionView Of(string version, VersionFigures figures) =>
        new(version, figures.Calls, figures.Errors, figures.P50.TotalSeconds, figures.P99.TotalSeconds);
}

/// <summary>One change of the share.</summary>
internal sealed record RollOutDecisionView(DateTimeOffset At, double FromShare, double ToShare, string Rule, string Reason)
{
    public static RollOutDecisionView Of(RollOutDecided decided) => new(decided.At, decided.FromShare, decided.ToShare, decided.Rule.ToString(), decided.Reason);
}

/// <summary>Body of <c>POST /pools/{pool}/rollouts/{task}</c>.</summary>
/// <param name="Action">set-share, promote or cut-off.</param>
/// <param name="Share">With set-share: 0 to 1.</param>
/// <param name="Reason">Why, for the log and the list of decisions.</param>
internal sealed record RollOutRequest([property: JsonRequired] string Action, double? Share = null, string? Reason = null);
