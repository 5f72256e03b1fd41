using System.CommandLine;
using Dispatcher.Host.Cli;

namespace Dispatcher.Host;

/// <summary>Entry of the process: reads the command line, runs the command, answers with an exit code of <see cref="ExitCode"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var terminal = Terminal.OfProcess();
        var root = CommandLine.Create(settings => new RunCommand(settings, terminal, TimeProvider.System).RunAsync(), terminal.Error);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }); // signals are the host's
        foreach (var error in parsed.Errors)
            terminal.Error.WriteLine($"dispatcher: {error.Message}");
        terminal.Error.WriteLine("See: dispatcher run --help");
        return ExitCode.BadInput;
    }
}
