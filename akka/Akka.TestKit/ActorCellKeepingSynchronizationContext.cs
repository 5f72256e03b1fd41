using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit;

/// <summary>Runs what follows an await of a test on the thread pool with the test actor's cell as the current one, so that the test actor stays
/// the implicit sender.</summary>
internal sealed class ActorCellKeepingSynchronizationContext(ActorCell? cell) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ => Run(d, state));
    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);
    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback d, object? state)
    {
        var (previousCell, previousContext) = (InternalCurrentActorCellKeeper.Current, Current);
        SetSynchronizationContext(this);
        InternalCurrentActorCellKeeper.Current = cell!;
        try
        {
            d(state);
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = previousCell;
            SetSynchronizationContext(previousContext);
        }
    }
}
