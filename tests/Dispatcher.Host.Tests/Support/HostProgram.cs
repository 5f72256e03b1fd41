namespace Dispatcher.Host.Tests.Support;

/// <summary>The host as users run it: a process of its own.</summary>
internal static class HostProgram
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "dispatcher-host.dll");

    public static Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync("dotnet", [s_program, .. arguments]);

    /// <summary>With SIGINT at its default: a test run in the background of a shell inherits it as ignored.</summary>
    public static Command Start(params string[] arguments) =>
        Command.Start("env", ["--default-signal=INT", "dotnet", s_program, .. arguments]);

    /// <summary>Without the power of root to read what nobody may read.</summary>
    public static Task<CommandResult> RunUnprivilegedAsync(params string[] arguments)
    {
        const string readAll = "-dac_override,-dac_read_search";
        return Environment.IsPrivilegedProcess
            ? Command.RunAsync("setpriv", [$"--bounding-set={readAll}", $"--inh-caps={readAll}", "dotnet", s_program, .. arguments])
            : RunAsync(arguments);
    }
}
