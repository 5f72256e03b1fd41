using Akka.Actor;
using Akka.Configuration;

namespace Akka.Routing;

/// <summary>Grows when all routees are busy, shrinks when few are, between two bounds; looks each so many messages.</summary>
public class DefaultResizer : Resizer, IEquatable<DefaultResizer>
{
    public DefaultResizer(int lower, int upper, int pressureThreshold = 1, double rampupRate = 0.2d, double backoffThreshold = 0.3d, double backoffRate = 0.1d, int messagesPerResize = 10)
    {
        if (lower < 0) throw new ArgumentException($"lowerBound must be >= 0, was: {lower}", nameof(lower));
        if (upper < 0) throw new ArgumentException($"upperBound must be >= 0, was: {upper}", nameof(upper));
        if (upper < lower) throw new ArgumentException($"upperBound must be >= lowerBound, was: {upper} < {lower}", nameof(upper));
        if (rampupRate < 0) throw new ArgumentException($"rampupRate must be >= 0.0, was {rampupRate}", nameof(rampupRate));
        if (backoffThreshold > 1) throw new ArgumentException($"backoffThreshold must be <= 1.0, was {backoffThreshold}", nameof(backoffThreshold));
        if (backoffRate < 0) throw new ArgumentException($"backoffRate must be >= 0.0, was {backoffRate}", nameof(backoffRate));
        if (messagesPerResize <= 0) throw new ArgumentException($"messagesPerResize must be > 0, was {messagesPerResize}", nameof(messagesPerResize));
        LowerBound = lower;
        UpperBound = upper;
        PressureThreshold = pressureThreshold;
        RampupRate = rampupRate;
        BackoffThreshold = backoffThreshold;
        BackoffRate = backoffRate;
        MessagesPerResize = messagesPerResize;
    }

    public int LowerBound { get; set; }
    public int UpperBound { get; set; }

    /// <summary>From which load a routee is busy: 0 handles a message, n has n more waiting.</summary>
    public int PressureThreshold { get; private set; }
    public double RampupRate { get; private set; }
    public double BackoffThreshold { get; private set; }
    public double BackoffRate { get; private set; }
    public int MessagesPerResize { get; private set; }

    public static new DefaultResizer FromConfig(Config resizerConfig) => new(
        resizerConfig.GetInt("lower-bound", 1), resizerConfig.GetInt("upper-bound", 10), resizerConfig.GetInt("pressure-threshold", 1),
        resizerConfig.GetDouble("rampup-rate", 0.2), resizerConfig.GetDouble("backoff-threshold", 0.3), resizerConfig.GetDouble("backoff-rate", 0.1),
        resizerConfig.GetInt("messages-per-resize", 10));

    public override bool IsTimeForResize(long messageCounter) => messageCounter % MessagesPerResize == 0;

    public override int Resize(IEnumerable<Routee> currentRoutees) => Capacity(currentRoutees);

    /// <summary>The change that load and bounds ask for.</summary>
    public int Capacity(IEnumerable<Routee> currentRoutees)
    {
        var routees = currentRoutees as Routee[] ?? [.. currentRoutees];
        var size = routees.Length;
        var delta = Filter(Pressure(routees), size);
        var proposed = size + delta;
        if (proposed < LowerBound) return delta + LowerBound - proposed;
        return proposed > UpperBound ? delta - (proposed - UpperBound) : delta;
    }

    /// <summary>How many routees are busy.</summary>
    public int Pressure(IEnumerable<Routee> currentRoutees)
    {
        var busy = 0;
        foreach (var routee in currentRoutees)
        {
            if ((routee as ActorRefRoutee)?.Actor is not ActorRefWithCell { Underlying: ActorCell cell }) continue;
            if (PressureThreshold switch
            {
                1 => cell.Mailbox.IsScheduled && cell.HasMessages,
                < 1 => cell.Mailbox.IsScheduled && cell.CurrentMessage is not null,
                _ => cell.NumberOfMessages >= PressureThreshold,
            }) busy++;
        }
        return busy;
    }

    public int Filter(int pressure, int capacity) => Rampup(pressure, capacity) + Backoff(pressure, capacity);

    public int Rampup(int pressure, int capacity) => pressure < capacity ? 0 : Convert.ToInt32(Math.Ceiling(RampupRate * capacity));

    public int Backoff(int pressure, int capacity) =>
        BackoffThreshold > 0.0 && BackoffRate > 0.0 && capacity > 0 && (double)pressure / capacity < BackoffThreshold
            ? Convert.ToInt32(Math.Floor(-1.0 * BackoffRate * capacity))
            : 0;

    public bool Equals(DefaultResizer? other) => other is not null && LowerBound == other.LowerBound && UpperBound == other.UpperBound && PressureThreshold == other.PressureThreshold
        && RampupRate.Equals(other.RampupRate) && BackoffThreshold.Equals(other.BackoffThreshold) && BackoffRate.Equals(other.BackoffRate) && MessagesPerResize == other.MessagesPerResize;

    public override bool Equals(object? obj) => Equals(obj as DefaultResizer);
    public override int GetHashCode() => HashCode.Combine(LowerBound, UpperBound, PressureThreshold, RampupRate, BackoffThreshold, BackoffRate, MessagesPerResize);
}
