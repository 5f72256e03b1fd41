using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Akka.Configuration;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>The options of the command line and the checks that need no node.</summary>
internal static class CommandLine
{
    private const int MaxWorkers = 1024;

    private static readonly Argument<string?> s_folder = new("FOLDER")
    {
        Description = "The folder to hash, and to serve tasks for. Default: the checkout that the program was built from, else the current folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_exit = new("--exit") { Description = "Stop after the report instead of serving." };

    private static readonly Option<int?> s_port = Number("--port", 0, ushort.MaxValue,
        $"Loopback port; 0 takes a free one. Default: {RunSettings.DefaultPort}, with --exit a free one.");

    private static readonly Option<int?> s_workers = Number("--workers", 1, MaxWorkers,
        "Workers of the pool. Default: what the pool's settings say.");

    private static readonly Option<string?> s_settings = new("--settings")
    {
        Description = "Settings of the node (HOCON), which go before the defaults in hocon/reference.conf; the pool's below dispatcher.pools.files.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_json = new("--json")
    {
        Description = "Print the report as JSON on standard output and everything else on standard error.",
    };

    private static readonly Option<string?> s_output = new("--output")
    {
        Description = "Also write the hashes to FILE, in the format of sha256sum (check with: sha256sum -c FILE).",
        HelpName = "FILE",
    };

    public static Command Create(Func<RunSettings, Task<int>> run, TextWriter error)
    {
        var command = new Command("run", "Start a node, hash every file of a folder through its pool, print a report, then serve tasks until Ctrl-C: POST /tasks (with Idempotency-Key to send it again safely), "
            + "GET and DELETE /tasks/ID, what the node has found (/findings), decided (/pools/NAME/scaling) and rolls out (/pools/NAME/rollouts), /schemas, /health, /alive. "
            + "All of it: docs/operations.md.")
        {
            s_folder, s_exit, s_port, s_workers, s_settings, s_json, s_output,
        };
        command.SetAction((parsed, _) =>
        {
            if (Read(parsed, out string problem) is { } settings)
                return run(settings);
            error.WriteLine($"dispatcher run: {problem}");
            return Task.FromResult(ExitCode.BadInput);
        });
        var root = new Command("dispatcher", "Dispatcher: tasks over a pool of workers, built of actors.") { command, new HelpOption() };
        root.SetAction(_ => ExitCode.BadInput); // only reached without a command, which Program answers with the help
        command.Options.Add(new HelpOption());
        return root;
    }

    private static RunSettings? Read(ParseResult parsed, out string problem)
    {
        bool exit = parsed.GetValue(s_exit);
        int port = parsed.GetValue(s_port) ?? (exit ? 0 : RunSettings.DefaultPort);
        int? workers = parsed.GetValue(s_workers);
        string? output = parsed.GetValue(s_output);
        Config? settings = null;
        problem = FolderProblem(parsed.GetValue(s_folder) ?? DefaultFolder(), out string folder)
            ?? OutputProblem(output)
            ?? SettingsFile.Problem(parsed.GetValue(s_settings), out settings)
            ?? "";
        return problem.Length > 0
            ? null
            : new RunSettings
            {
                Folder = folder,
                Port = port,
                Workers = workers,
                Settings = settings,
                Exit = exit,
                Json = parsed.GetValue(s_json),
                Output = output is null ? null : Path.GetFullPath(output),
            };
    }

    private static Option<int?> Number(string name, int least, int most, string description) => new(name)
    {
        Description = $"{description} {least} to {most}.",
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
                return value;
            result.AddError($"{name} '{text}' has to be a whole number from {least} to {most}.");
            return null;
        },
    };

    private static string? FolderProblem(string given, out string folder)
    {
        folder = "";
        if (given.Length == 0 || given.Contains('\0'))
            return "FOLDER is empty.";
        string absolute = Path.GetFullPath(given);
        if (File.Exists(absolute))
            return $"'{given}' is a file: FOLDER has to be a folder.";
        if (!Directory.Exists(absolute))
            return $"there is no folder '{given}'.";
        folder = RealPath.Of(absolute) ?? absolute;
        return PseudoFileSystems.Current().TypeOf(folder) is { } type
            ? $"'{given}' lies on the pseudo file system {type}, whose files may never end: choose another FOLDER."
            : null;
    }

    private static string? OutputProblem(string? output)
    {
        if (output is null)
            return null;
        if (output.Length == 0 || output.Contains('\0'))
            return "--output is empty.";
        if (Directory.Exists(output))
            return $"--output '{output}' is a folder: it has to be a file.";
        string? parent = Path.GetDirectoryName(Path.GetFullPath(output));
        return parent is null || Directory.Exists(parent) ? null : $"--output '{output}': there is no folder '{parent}'.";
    }

    // The program lies below the checkout it was built from; an installed one does not.
    private static string DefaultFolder()
    {
        for (string? at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "Dispatcher.sln")))
                return at;
        return Directory.GetCurrentDirectory();
    }
}
