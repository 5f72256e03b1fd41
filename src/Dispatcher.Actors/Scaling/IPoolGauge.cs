using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Scaling;

/// <summary>What the autoscaler can see of a pool.</summary>
internal interface IPoolGauge
{
    /// <summary>What the pool records of its tasks.</summary>
    PoolMeter Meter { get; }

    /// <summary>How many tasks a worker may have in its handlers at once.</summary>
    int Concurrency { get; }

    /// <summary>The size that was fixed by hand; null when it is the policy's to choose.</summary>
    int? Pinned { get; }

    /// <summary>The pool at this moment. Never blocks.</summary>
    PoolReading Read();
}
