using System.Globalization;

namespace Dispatcher.Actors;

/// <summary>A decision about a new version of a handler, with all that it was made from. Published on the actor system's event stream.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="At">When, by the wall clock.</param>
/// <param name="TaskType">The type of task.</param>
/// <param name="OldVersion">The old handler.</param>
/// <param name="NewVersion">The new one.</param>
/// <param name="FromShare">The new version's share before, 0 to 1.</param>
/// <param name="ToShare">Its share from now on; 0 when it is cut off, 1 when it is promoted.</param>
/// <param name="Rule">What decided it.</param>
/// <param name="Reason">Why, in figures, for an operator.</param>
/// <param name="Old">What the old version did lately.</param>
/// <param name="New">What the new one did meanwhile.</param>
/// <param name="Looks">How often they had been compared.</param>
public sealed record RollOutDecided(
    string Pool, DateTimeOffset At, string TaskType, string OldVersion, string NewVersion, double FromShare, double ToShare, RollOutRule Rule, string Reason,
    VersionFigures Old, VersionFigures New, long Looks)
{
    /// <summary>The decision in one line, such as <c>12:30:05 pool mail, SendMail: Sender2 5 % -> 0 % (Errors): 12 of 50 calls failed ...</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At:HH:mm:ss} pool {Pool}, {TaskType}: {NewVersion} {FromShare:0.##%} -> {ToShare:0.##%} ({Rule}): {Reason}");
}
