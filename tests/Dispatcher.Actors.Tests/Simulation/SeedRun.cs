namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>All that comes of one seed: pool after pool, each with other settings, until there were enough tasks.</summary>
internal sealed class SeedRun(int seed)
{
    private const int MostTasksAPool = 4_000;

    private readonly long[] _outcomes = new long[Enum.GetValues<OutcomeKind>().Length];

    /// <summary>How many tasks there were.</summary>
    public long Tasks { get; private set; }

    /// <summary>How many pools there were.</summary>
    public int Pools { get; private set; }

    /// <summary>How often types of task went to another class of workers.</summary>
    public long Moves { get; private set; }

    /// <summary>How many pools had tasks that waited for their moment when somebody looked, and how many had some that waited for their next attempt.</summary>
    public (int Paced, int Delayed) Met { get; private set; }

    /// <summary>How often a queue began to stand whose newest tasks go first then.</summary>
    public long Overloads { get; private set; }

    /// <summary>Stands for what happened, in its order: the same for the same seed.</summary>
    public ulong Story { get; private set; }

    /// <summary>How many tasks ended so.</summary>
    /// <param name="kind">How.</param>
    public long this[OutcomeKind kind] => _outcomes[(int)kind];

    /// <summary>Runs.</summary>
    /// <param name="tasks">How many tasks, at least.</param>
    /// <exception cref="SimulationException">Something happened that must not; names the pool's number.</exception>
    public async Task RunAsync(long tasks)
    {
        Random random = new(seed);
        while (Tasks < tasks)
        {
            PoolLife life = new(random.Next());
            try
            {
                Note(await life.RunAsync((int)Math.Min(random.Next(100, MostTasksAPool), tasks - Tasks + 20)));
            }
            catch (Exception error)
            {
                throw new SimulationException($"Pool {Pools} of seed {seed}, after {Tasks + life.Submitted} tasks: {error.Message}", error);
            }

            Tasks += life.Submitted;
            Pools++;
            Moves += life.Moves;
            Met = (Met.Paced + Math.Sign(life.MostPaced), Met.Delayed + Math.Sign(life.MostDelayed));
            Overloads += life.Overloads;
            Story = (Story * 31) + life.Story;
        }
    }

    private void Note(PoolSnapshot pool)
    {
        long[] counts = [0, pool.Completed, pool.Failed, pool.Rejected, pool.Expired, pool.Cancelled, pool.Abandoned];
        for (int kind = 0; kind < counts.Length; kind++)
            _outcomes[kind] += counts[kind];
    }
}
