namespace Dispatcher.Simulation;

/// <summary>The command line, read.</summary>
internal sealed record Options
{
    public const string Usage = """
        Usage: ./dispatcher bench scaling [options]

        Simulates how each rule for the size of a pool copes with each workload: discrete events, virtual time, the product's own policies
        and control loop, the same tasks for every rule. Prints a table; a full run also writes it into docs/scaling.md.

          --filter TEXT   only the workloads whose name contains TEXT
          --seeds N       average over so many runs with other random numbers, 1 to 100 (default 3)
          --decisions     print what slo decided in each run, as an operator would read it
          --list          name the workloads and end
          --help          this text

        Exit codes: 0 done, 2 bad input.
        """;

    public const int DefaultSeeds = 3;

    private const int MaxSeeds = 100;

    public string? Filter { get; private init; }

    public int Seeds { get; private init; } = DefaultSeeds;

    public bool Decisions { get; private init; }

    public bool List { get; private init; }

    public bool Help { get; private init; }

    /// <summary>Whether nothing was left out, so that the table may stand in the documents.</summary>
    public bool IsFull => Filter == null && Seeds == DefaultSeeds;

    public static Options? TryParse(string[] arguments, out string? error)
    {
        Options options = new();
        error = null;
        for (int i = 0; i < arguments.Length && error == null; i++)
        {
            string argument = arguments[i];
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (argument)
            {
                case "--help" or "-h" or "help":
                    options = options with { Help = true };
                    break;
                case "--list":
                    options = options with { List = true };
                    break;
                case "--decisions":
                    options = options with { Decisions = true };
                    break;
                case "--filter":
                    error = string.IsNullOrEmpty(value) ? "--filter needs a text" : null;
                    options = options with { Filter = value };
                    i++;
                    break;
                case "--seeds":
                    bool isGood = int.TryParse(value, out int seeds) && seeds is >= 1 and <= MaxSeeds;
                    error = isGood ? null : $"--seeds needs a number from 1 to {MaxSeeds}, not '{value}'";
                    options = options with { Seeds = seeds };
                    i++;
                    break;
                default:
                    error = $"unknown option '{argument}'";
                    break;
            }
        }

        return error == null ? options : null;
    }
}
