namespace Dispatcher.Actors.Tests.Admission.Overload;

/// <summary>What became of the tasks of an <see cref="OverloadSimulation"/>. Times from the moment a task was due to its end.</summary>
internal sealed class OverloadResult
{
    public double Goodput { get; set; }

    public int Limit { get; set; }

    public List<double> Millis { get; } = [];

    public List<double> UrgentMillis { get; } = [];

    public long[] Offered { get; } = new long[3];

    public long[] Refused { get; } = new long[3];

    public Dictionary<RejectReason, long> Reasons { get; } = [];

    public List<string> Log { get; } = [];

    public double P99 => At99(Millis);

    public double UrgentP99 => At99(UrgentMillis);

    public double RefusedShare(int priority) => (double)Refused[priority] / Offered[priority];

    public override string ToString() =>
        $"goodput {Goodput:0.000}, P99 {P99:0.0} ms, P0 {UrgentP99:0.0} ms, limit {Limit}, refused {RefusedShare(0):0.000}/{RefusedShare(1):0.000}/{RefusedShare(2):0.000}, "
        + string.Join(", ", Reasons.Select(reason => $"{reason.Key} {reason.Value}"));

    private static double At99(List<double> millis)
    {
        if (millis.Count == 0)
            return 0;
        millis.Sort();
        return millis[(int)(millis.Count * 0.99)];
    }
}
