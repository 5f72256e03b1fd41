namespace Dispatcher.Host.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done. Unreadable files are part of the report and do not change this.</summary>
    public const int Ok = 0;

    /// <summary>The node could not start, the run was interrupted under --exit, or files got neither a hash nor a reason of the file system.</summary>
    public const int Failed = 1;

    /// <summary>An unknown command or option, a bad value, a folder that is not there, settings that cannot be used.</summary>
    public const int BadInput = 2;
}
