namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Which share of each class is shed in the next window.</summary>
/// <param name="Degree">The share of all tasks.</param>
/// <param name="P0">Of class P0.</param>
/// <param name="P1">Of class P1.</param>
/// <param name="P2">Of class P2.</param>
/// <param name="Recent">The sample, mixed with those before it; to remember.</param>
internal readonly record struct ShedDecision(double Degree, double P0, double P1, double P2, ShedSample Recent);
