namespace Dispatcher.Host.Tests.Support;

/// <summary>A fact that needs Linux: signals, pipes, sha256sum, capabilities.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs Linux";
    }
}
