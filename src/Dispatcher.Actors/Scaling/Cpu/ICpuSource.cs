namespace Dispatcher.Actors.Scaling.Cpu;

/// <summary>Where the figures of the process's processor time come from.</summary>
internal interface ICpuSource
{
    /// <summary>Processor time used so far; only differences mean something.</summary>
    TimeSpan Used();

    /// <summary>How many processors' time it may use.</summary>
    double AllowedCores();
}
