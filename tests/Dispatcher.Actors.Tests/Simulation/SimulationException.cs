namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Something that must not happen has happened.</summary>
public sealed class SimulationException : Exception
{
    public SimulationException()
    {
    }

    public SimulationException(string message)
        : base(message)
    {
    }

    public SimulationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws unless something holds.</summary>
    /// <param name="isSo">Whether it holds.</param>
    /// <param name="otherwise">What to say.</param>
    internal static void Unless(bool isSo, Func<string> otherwise)
    {
        if (!isSo)
            throw new SimulationException(otherwise());
    }
}
