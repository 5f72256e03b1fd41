namespace Dispatcher.Actors.Admission.Limits;

/// <summary>What admission says to a task.</summary>
internal readonly record struct AdmissionVerdict
{
    private AdmissionVerdict(RejectReason? refusal, TimeSpan? retryAfter, long delay)
    {
        Refusal = refusal;
        RetryAfter = retryAfter;
        Delay = delay;
    }

    /// <summary>Come in.</summary>
    public static AdmissionVerdict Accept => default;

    /// <summary>Whether the task may come in, now or after <see cref="Delay"/>.</summary>
    public bool IsAccepted => Refusal == null;

    /// <summary>Why not; null if accepted.</summary>
    public RejectReason? Refusal { get; }

    /// <summary>With a refusal: when a new try may have better luck.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>With an acceptance: how long the task has to wait before a worker may take it, in timestamp units; 0 for not at all.</summary>
    public long Delay { get; }

    /// <summary>Come in, but not before your moment.</summary>
    /// <param name="delay">The time until then, in timestamp units.</param>
    public static AdmissionVerdict AcceptAfter(long delay) => new(null, null, delay);

    /// <summary>Stay out.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="retryAfter">When to try again.</param>
    public static AdmissionVerdict Refuse(RejectReason reason, TimeSpan? retryAfter) => new(reason, retryAfter, 0);
}
