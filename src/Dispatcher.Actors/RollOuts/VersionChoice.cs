using Dispatcher.Actors.Routing.Balancing;

namespace Dispatcher.Actors.RollOuts;

/// <summary>
/// Which version of a handler runs a task: by the task's key, else by its id, and nothing else. So a key sees one version as long as the share stays, in every
/// process, and a larger share only adds keys to those that see the new one.
/// </summary>
internal static class VersionChoice
{
    private const int PointBits = 53;

    /// <summary>Tells roll-outs apart, so that it is not always the same keys that see what is new.</summary>
    /// <param name="taskType">The type of task.</param>
    /// <param name="version">The new version's name.</param>
    public static ulong SeedOf(Type taskType, string version) => KeyHash.Of($"{taskType.FullName}/{version}");

    /// <summary>Up to where tasks run in the new version.</summary>
    /// <param name="share">The share of them, 0 to 1.</param>
    public static ulong LimitOf(double share) => (ulong)(share * (1UL << PointBits));

    /// <summary>Whether a task runs in the new version. Allocates nothing.</summary>
    /// <param name="seed">The roll-out's.</param>
    /// <param name="limit">The share's limit.</param>
    /// <param name="key">The task's key; null for none.</param>
    /// <param name="id">The task's id.</param>
    public static bool IsNew(ulong seed, ulong limit, string? key, long id) =>
        KeyHash.Mix(seed ^ (key == null ? (ulong)id : KeyHash.Of(key))) >> (64 - PointBits) < limit;
}
