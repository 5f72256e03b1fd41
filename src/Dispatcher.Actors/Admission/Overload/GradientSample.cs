namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What the adaptive limit saw in one window.</summary>
/// <param name="Ended">Tasks that ended after a handler ran them to its end.</param>
/// <param name="Drops">Tasks that ran out of time, in the queue or in their handler.</param>
/// <param name="MeanWaitSeconds">How long the tasks had waited in the queue.</param>
/// <param name="MeanRunSeconds">How long their handlers ran.</param>
/// <param name="PeakInFlight">The most that were in at once.</param>
internal readonly record struct GradientSample(long Ended, long Drops, double MeanWaitSeconds, double MeanRunSeconds, int PeakInFlight);
