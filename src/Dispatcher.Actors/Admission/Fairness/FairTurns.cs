using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// What every look at a <see cref="FairQueue{T}"/> moves, together on one line of the cache: where the round is, and the turns that come next, in front
/// of the rings in which the others stand. While one tenant alone has tasks, its turn goes in and out here and no ring is touched.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 160)]
internal struct FairTurns
{
    /// <summary>A turn that is not over.</summary>
    [FieldOffset(64)]
    public FairFlow? Unfinished;

    /// <summary>The next turn of the round.</summary>
    [FieldOffset(72)]
    public FairFlow? Turn;

    /// <summary>The round.</summary>
    [FieldOffset(80)]
    public long Round;

    /// <summary>How many looks there were.</summary>
    [FieldOffset(88)]
    public long Looks;

    /// <summary>Puts a turn where nobody's is.</summary>
    /// <param name="place">The place.</param>
    /// <param name="flow">Whose turn.</param>
    /// <returns>Whether the place was free.</returns>
    public static bool TryPut(ref FairFlow? place, FairFlow flow) =>
        Volatile.Read(ref place) == null && Interlocked.CompareExchange(ref place, flow, null) == null;

    /// <summary>Takes the turn that is in a place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="flow">Whose turn.</param>
    /// <returns>Whether there was one.</returns>
    public static bool TryTake(ref FairFlow? place, [NotNullWhen(true)] out FairFlow? flow)
    {
        flow = Volatile.Read(ref place);
        return flow != null && (flow = Interlocked.Exchange(ref place, null)) != null;
    }
}
