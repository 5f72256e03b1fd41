namespace Dispatcher.Actors.Dispatch;

/// <summary>The signals of a pool whose actors are not there yet, or no more. They look for themselves when they start.</summary>
internal sealed class NoSignals : IPoolSignals
{
    public static readonly NoSignals Instance = new();

    private NoSignals()
    {
    }

    public void RouteWake()
    {
    }

    public void RouteWakeTo(int worker)
    {
    }

    public void ArmSweep()
    {
    }

    public void StartWatch()
    {
    }

    public void Review()
    {
    }
}
