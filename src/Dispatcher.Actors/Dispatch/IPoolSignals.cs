namespace Dispatcher.Actors.Dispatch;

/// <summary>What the core of a pool has to say to its actors. Called from any thread; never blocks.</summary>
internal interface IPoolSignals
{
    /// <summary>Sends one wake-up through the router, to an idle worker of its choice.</summary>
    void RouteWake();

    /// <summary>Sends a wake-up through the router to a certain worker.</summary>
    /// <param name="worker">Its number.</param>
    void RouteWakeTo(int worker);

    /// <summary>The time of the next sweep has come nearer; see <see cref="PoolCore.NextSweep"/>.</summary>
    void ArmSweep();

    /// <summary>A worker lends its turn: watch over it until nobody does.</summary>
    void StartWatch();

    /// <summary>The number of workers is not what it should be, or a drain has come further.</summary>
    void Review();
}
