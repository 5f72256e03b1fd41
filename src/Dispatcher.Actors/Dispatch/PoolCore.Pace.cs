namespace Dispatcher.Actors.Dispatch;

/// <content>Tasks that came, and tasks that have yet to come to the door.</content>
internal sealed partial class PoolCore
{
    /// <summary>Those that wait for their moment at a rate limit.</summary>
    public PacedTasks Pace { get; } = new();

    /// <summary>All tasks that have come to the door so far, the refused ones included.</summary>
    public long AtDoor => Volatile.Read(ref _refused) + SumOfLines(static line => line.Submitted);

    /// <summary>
    /// All tasks handed in so far: those that wait for their moment, and those that have come to the door. Race: one goes from the ones to the others. The door counts it
    /// before it leaves the ones, and is looked at last, so that nobody is missed, and no drain ends too early.
    /// </summary>
    public long Submitted
    {
        get
        {
            int paced = Pace.Count;
            return paced + AtDoor;
        }
    }
}
