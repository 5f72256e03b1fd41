namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What came to a pool in one window, and what left it.</summary>
/// <param name="P0">Tasks of class P0 that came, the refused ones included.</param>
/// <param name="P1">Of class P1.</param>
/// <param name="P2">Of class P2.</param>
/// <param name="Served">Tasks that a handler ran to its end.</param>
/// <param name="Stands">Whether a queue stands.</param>
/// <param name="Standing">How many tasks were in the queue all the window.</param>
/// <param name="DryShare">The share of the window in which a worker had nothing to do.</param>
internal readonly record struct ShedSample(double P0, double P1, double P2, double Served, bool Stands, double Standing, double DryShare)
{
    /// <summary>All that came.</summary>
    public double Offered => P0 + P1 + P2;
}
