using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Admission.Fairness;

namespace Dispatcher.Actors.Admission.Gate;

/// <summary>What an accepted task holds of the gate, until its outcome.</summary>
internal struct AdmissionTicket
{
    /// <summary>What its breaker let it in with; null without one.</summary>
    public BreakerPhase? Pass;

    /// <summary>Whose share of the queue it takes; null where queues are not shared, and once it has left the queue.</summary>
    public FairTenant? Tenant;

    /// <summary>When it came in, a timestamp.</summary>
    public long EnteredAt;

    /// <summary>When a worker took it, a timestamp; 0 before that, or where nobody wants to know.</summary>
    public long StartedAt;

    /// <summary>Gives its tenant's share back, if nobody has yet. Race: its worker takes it out while somebody else ends it.</summary>
    public void LeaveQueue() => Interlocked.Exchange(ref Tenant, null)?.Release();
}
