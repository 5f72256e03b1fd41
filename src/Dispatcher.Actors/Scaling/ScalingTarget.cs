namespace Dispatcher.Actors.Scaling;

/// <summary>A pool as its autoscaler knows it.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="Gauge">What can be seen of it.</param>
/// <param name="Resizer">What can be done to it.</param>
/// <param name="Bounds">Its fewest and most workers.</param>
/// <param name="Settings">What holds for every policy.</param>
internal sealed record ScalingTarget(string Pool, IPoolGauge Gauge, IPoolResizer Resizer, ScalingBounds Bounds, ScalingSettings Settings);
