namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>
/// Whether more workers give more throughput, from the ticks in which all of them were busy: the regression of throughput on workers, as a share of
/// proportional. 1: twice the workers, twice the throughput. 0: something else is the limit. Never changed, only replaced.
/// </summary>
internal sealed class GrowthEvidence
{
    /// <summary>Nothing known.</summary>
    public static readonly GrowthEvidence None = new([]);

    private const int MaxTicks = 8;

    // What says something: sizes that differ by a fifth, some ticks at the greater one, and enough tasks that their number is not luck.
    private const double LeastSpread = 1.2;
    private const int LeastTicksAtMost = 3;
    private const double LeastTasks = 50;

    private readonly (double Workers, double PerSecond, double Tasks)[] _ticks;

    private GrowthEvidence((double Workers, double PerSecond, double Tasks)[] ticks) => _ticks = ticks;

    /// <summary>The best throughput seen, a second.</summary>
    public double BestPerSecond
    {
        get
        {
            double best = 0;
            foreach ((_, double perSecond, _) in _ticks)
                best = Math.Max(best, perSecond);
            return best;
        }
    }

    /// <summary>The evidence with one tick more; the oldest of many is forgotten.</summary>
    /// <param name="workers">How many workers were busy in it.</param>
    /// <param name="perSecond">How many tasks ended a second.</param>
    /// <param name="seconds">How long it was.</param>
    public GrowthEvidence With(double workers, double perSecond, double seconds) =>
        new([(workers, perSecond, perSecond * seconds), .. _ticks.AsSpan(0, Math.Min(_ticks.Length, MaxTicks - 1))]);

    /// <summary>How much of proportional the throughput grew; null when the ticks do not tell.</summary>
    public double? Gain()
    {
        double least = double.MaxValue, most = 0, tasks = 0, meanWorkers = 0, meanRate = 0;
        foreach ((double workers, double perSecond, double count) in _ticks)
        {
            least = Math.Min(least, workers);
            most = Math.Max(most, workers);
            tasks += count;
            meanWorkers += workers / _ticks.Length;
            meanRate += perSecond / _ticks.Length;
        }

        if (_ticks.Length == 0 || most < least * LeastSpread || tasks < LeastTasks || TicksAt(most) < LeastTicksAtMost)
            return null;
        double covariance = 0, variance = 0;
        foreach ((double workers, double perSecond, _) in _ticks)
        {
            covariance += (workers - meanWorkers) * (perSecond - meanRate);
            variance += (workers - meanWorkers) * (workers - meanWorkers);
        }

        return covariance / variance * meanWorkers / meanRate;
    }

    private int TicksAt(double size)
    {
        int count = 0;
        foreach ((double workers, _, _) in _ticks)
            count += workers >= size ? 1 : 0;
        return count;
    }
}
