namespace Dispatcher.Benchmarks.Cli;

/// <summary>The command line, read.</summary>
internal sealed class Options
{
    public const string Usage = """
        Usage: Dispatcher.Benchmarks [engine|dispatch|all] [options]

          engine           the actor engine alone: Tell, Ask, actors, start
          dispatch         the task dispatcher
          all              both (default)

          --rounds N       rounds of every workload, 1 to 1000 (default 11)
          --filter TEXT    only the workloads whose name contains TEXT
          --quick          3 rounds, a tenth of the operations: does it run at all
          --out FILE       write the report to FILE; without it a full run writes
                           benchmarks/results/DATE-SUITE-ENGINE.md, any other none
          --list           name the workloads and end
          --help           this text

        Exit codes: 0 every bar holds, 1 one does not or a workload failed, 2 bad input.
        """;

    private const int MaxRounds = 1000;
    private static readonly string[] Suites = ["engine", "dispatch", "all"];

    public string Suite { get; private set; } = "all";
    public int? AskedRounds { get; private set; }
    public int Rounds => AskedRounds ?? (Quick ? 3 : 11);
    public bool Quick { get; private set; }
    public string? Filter { get; private set; }
    public string? Out { get; private set; }
    public bool List { get; private set; }
    public bool Help { get; private set; }

    /// <summary>Whether nothing was left out, so that the result is worth keeping.</summary>
    public bool IsFull => !Quick && Filter is null;

    /// <summary>Null and an error, where the arguments make no sense.</summary>
    public static Options? TryParse(string[] arguments, out string? error)
    {
        var options = new Options();
        error = null;
        var suites = 0;
        for (var i = 0; i < arguments.Length && error is null; i++)
        {
            var argument = arguments[i];
            string? Value()
            {
                if (i + 1 < arguments.Length) return arguments[++i];
                return null;
            }
            switch (argument)
            {
                case "--help" or "-h" or "help": options.Help = true; break;
                case "--list": options.List = true; break;
                case "--quick": options.Quick = true; break;
                case "--rounds": error = options.ReadRounds(Value()); break;
                case "--filter": error = (options.Filter = Value()) is null or "" ? "--filter needs a text" : null; break;
                case "--out": error = (options.Out = Value()) is null or "" ? "--out needs a file" : null; break;
                default:
                    if (!Suites.Contains(argument)) error = argument.StartsWith('-') ? $"unknown option '{argument}'" : $"unknown suite '{argument}': there are {string.Join(", ", Suites)}";
                    else if (++suites > 1) error = $"one suite at a time, not '{options.Suite}' and '{argument}'";
                    else options.Suite = argument;
                    break;
            }
        }
        return error is null ? options : null;
    }

    private string? ReadRounds(string? value)
    {
        if (!int.TryParse(value, out var rounds) || rounds is < 1 or > MaxRounds) return $"--rounds needs a number from 1 to {MaxRounds}, not '{value}'";
        AskedRounds = rounds;
        return null;
    }
}
