namespace Dispatcher.Actors.Admission;

/// <summary>
/// Which class a worker looks into first, by the number of its look: P0, except that 3 of 32 looks begin with P1 and 1 of 32 with P2.
/// So an endless stream of urgent tasks slows the others down and never starves them.
/// </summary>
internal static class PriorityOrder
{
    /// <summary>How many classes there are.</summary>
    public const int Classes = 3;

    private const uint Period = 32;
    private const uint P1Stride = 8;

    /// <summary>The class to look into first.</summary>
    /// <param name="look">The running number of the look.</param>
    /// <returns>0 for P0 to 2 for P2.</returns>
    public static int First(uint look) =>
        look % P1Stride != P1Stride - 1 ? 0 : look % Period == Period - 1 ? 2 : 1;
}
