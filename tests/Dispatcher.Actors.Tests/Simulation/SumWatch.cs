namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// The sums, in the middle of life: whatever was handed in has its outcome or is in one of the places where a task may be. Looked at where nothing is under way; a look into the
/// middle of a move may meet a task on both sides of it.
/// </summary>
internal sealed class SumWatch(World world) : Concern
{
    /// <summary>The most tasks that a look met waiting for their moment at a rate limit.</summary>
    public int MostPaced { get; private set; }

    /// <summary>The most tasks that a look met waiting for their next attempt.</summary>
    public int MostDelayed { get; private set; }

    public override IEnumerable<Deed> Deeds => [new Deed(2, Look, IsOfOthers: false)];

    private void Look()
    {
        foreach (SimulatedPool pool in world.Classes)
        {
            PoolSnapshot now = pool.Core.Snapshot();
            SimulationException.Unless(
                now.Submitted == now.Paced + now.Waiting + now.Queued + now.Running + now.Delayed + now.Ended, () => $"The sums do not add up: {now}");
            MostPaced = Math.Max(MostPaced, now.Paced);
            MostDelayed = Math.Max(MostDelayed, now.Delayed);
        }
    }
}
