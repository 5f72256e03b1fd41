namespace Dispatcher.Actors.Dispatch;

/// <summary>Details that are the same for every task, made once.</summary>
internal static class OutcomeDetails
{
    public static readonly Expired ExpiredAtSubmit = new(ExpiredWhere.Submit);
    public static readonly Expired ExpiredInQueue = new(ExpiredWhere.Queue);
    public static readonly Expired ExpiredInRun = new(ExpiredWhere.Run);
    public static readonly Cancelled CancelledByCaller = new("caller");
    public static readonly Cancelled CancelledByParent = new("parent");
    public static readonly Cancelled CancelledByDrain = new("drain");
    public static readonly Rejected NoHandler = new(RejectReason.NoHandler, null);
    public static readonly Rejected PayloadTooLarge = new(RejectReason.PayloadTooLarge, null);
    public static readonly Rejected OtherPayload = new(RejectReason.OtherPayload, null);
    public static readonly Rejected Stopped = new(RejectReason.Stopped, null);
    public static readonly Rejected Draining = new(RejectReason.Draining, null);
}
