namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What the adaptive limit remembers between windows.</summary>
/// <param name="Estimate">The limit before rounding.</param>
/// <param name="LongWaitSeconds">The wait in the long run.</param>
internal readonly record struct GradientState(double Estimate, double LongWaitSeconds);
