namespace Dispatcher.Soak;

/// <summary>The command line: long versions of what the tests show in seconds.</summary>
internal static class SoakCommand
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int BadInput = 2;

    private const string Usage = """
        Usage: ./dispatcher soak simulation [--seeds N] [--first SEED] [--tasks N] [--jobs N]
               ./dispatcher soak threads [--tasks N]

          simulation    pools in random worlds, each seed another one: every task has one outcome, and the sums
                        add up. A seed that fails is named with the command that reproduces it.
            --seeds     how many (10000)        --first   the first one (1)
            --tasks     in each (100000)        --jobs    how many at once (the processors)
          threads       the same invariant on real threads: 8 submitters, 1 % throw, 1 % are cancelled,
                        1 to 64 workers and back every 100 ms, a stop in the middle
            --tasks     how many (10000000)

        Exit codes: 0 ok, 1 something did not hold, 2 bad input.
        """;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">For results.</param>
    /// <param name="error">For progress and complaints.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        string command = arguments.Length == 0 ? "" : arguments[0];
        string[] rest = [.. arguments.Skip(1)];
        switch (command)
        {
            case "help" or "--help" or "-h":
                await output.WriteLineAsync(Usage);
                return Ok;
            case "simulation":
                Arguments simulation = new(
                    new Option("--seeds", 10_000, 1, 1_000_000), new Option("--first", 1, 0, int.MaxValue - 1_000_000),
                    new Option("--tasks", 100_000, 100, 1_000_000_000), new Option("--jobs", Environment.ProcessorCount, 1, 256));
                return simulation.Read(rest) is { } wrong ? await RefuseAsync(error, wrong) : await new SimulationSoak(simulation, output, error).RunAsync();
            case "threads":
                Arguments threads = new(new Option("--tasks", 10_000_000, 1_000, 1_000_000_000));
                return threads.Read(rest) is { } bad ? await RefuseAsync(error, bad) : await ThreadSoak.RunAsync((int)threads["--tasks"], output, error);
            default:
                return await RefuseAsync(error, $"unknown command 'soak {command}': there are simulation, threads and help");
        }
    }

    private static async Task<int> RefuseAsync(TextWriter error, string what)
    {
        await error.WriteLineAsync($"dispatcher: {what}");
        await error.WriteLineAsync("dispatcher: see ./dispatcher soak help");
        return BadInput;
    }
}
