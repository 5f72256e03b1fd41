namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What the adaptive limit saw in one window.</summary>
/// <param name="Seconds">How long the window was.</param>
/// <param name="Ended">Tasks that ended after a handler ran them to its end.</param>
/// <param name="Drops">Tasks that ran out of time, in the queue or in their handler.</param>
/// <param name="MeanRunSeconds">How long the handlers ran.</param>
/// <param name="LeastInFlight">The fewest that were in at once.</param>
/// <param name="MostInFlight">The most.</param>
/// <param name="HasRefused">Whether the limit kept anybody out.</param>
/// <param name="LackedShare">The share of the window in which workers had nothing to do after the limit had kept tasks out, 0 to 1.</param>
internal readonly record struct GradientSample(
    double Seconds, long Ended, long Drops, double MeanRunSeconds, int LeastInFlight, int MostInFlight, bool HasRefused, double LackedShare);
