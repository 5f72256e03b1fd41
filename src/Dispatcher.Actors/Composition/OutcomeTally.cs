namespace Dispatcher.Actors.Composition;

/// <summary>How many outcomes there are of each kind.</summary>
/// <param name="Completed">Handlers that returned.</param>
/// <param name="Failed">Handlers that threw.</param>
/// <param name="Rejected">Tasks that were refused.</param>
/// <param name="Expired">Tasks whose time was over.</param>
/// <param name="Cancelled">Tasks that were cancelled.</param>
/// <param name="Abandoned">Tasks that were given up.</param>
public readonly record struct OutcomeTally(long Completed, long Failed, long Rejected, long Expired, long Cancelled, long Abandoned)
{
    /// <summary>All of them.</summary>
    public long Total => Completed + Failed + Rejected + Expired + Cancelled + Abandoned;

    /// <summary>All but the completed ones.</summary>
    public long NotCompleted => Total - Completed;
}
