namespace Dispatcher.Actors.Scaling.Cpu;

/// <summary>Processor time of this process, of the processors that its cgroup allows it on Linux, else of all that it may run on.</summary>
internal sealed class ProcessCpu : ICpuSource
{
    private readonly CgroupCpu? _cgroup = OperatingSystem.IsLinux() ? new CgroupCpu(ReadFile) : null;

    /// <inheritdoc/>
    public TimeSpan Used() => _cgroup?.Used() ?? Environment.CpuUsage.TotalTime;

    /// <inheritdoc/>
    public double AllowedCores() => Math.Min(_cgroup?.QuotaCores() ?? double.MaxValue, Environment.ProcessorCount);

    // Absent or closed to us: there is no such limit that we could know of.
    private static string? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
