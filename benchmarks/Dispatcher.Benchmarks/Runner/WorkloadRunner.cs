using System.Diagnostics;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>
/// Runs the peers of a workload in turn, round after round, so that a noisy minute meets all of them alike. Rounds in which other processes took much
/// of the machine are run again while there is time; of too many, those that were disturbed most are left out, whatever their figures say.
/// </summary>
internal sealed class WorkloadRunner(int rounds, bool quick, Progress progress)
{
    /// <summary>No round takes longer; one that does has lost a message.</summary>
    private static readonly TimeSpan RoundLimit = TimeSpan.FromMinutes(2);

    private const double CalmShare = 0.1;
    private const int LeastRounds = 3;

    public async Task<WorkloadResult> RunAsync(Workload workload)
    {
        var operations = workload.OperationsOf(quick);
        var result = new WorkloadResult(workload, operations);
        var contestants = new List<(Peer Peer, IContestant Contestant)>();
        var step = "start";
        try
        {
            foreach (var peer in workload.Peers)
            {
                step = $"start of '{peer.Name}'";
                contestants.Add((peer, peer.Start()));
            }
            for (var round = -workload.WarmUps; round < 0; round++) await RunRoundAsync(round);
            var began = Stopwatch.GetTimestamp();
            var calm = 0;
            for (var round = 0; calm < rounds && (round < LeastRounds || Stopwatch.GetElapsedTime(began) < workload.Limit); round++)
                if (await RunRoundAsync(round) <= CalmShare) calm++;
            result.KeepCalmest(rounds);
            return result;
        }
        catch (Exception e)
        {
            return new WorkloadResult(workload, operations) { Failure = $"{step}: {(e is TimeoutException ? $"not done after {RoundLimit.TotalSeconds} s" : e.ToString())}" };
        }
        finally
        {
            foreach (var (_, contestant) in contestants) await contestant.DisposeAsync();
        }

        async Task<double> RunRoundAsync(int round)
        {
            progress.Show(workload.Name, round);
            var neighbours = new Neighbours();
            neighbours.Begin();
            var figures = new Dictionary<string, Dictionary<Metric, double>>();
            foreach (var (peer, contestant) in contestants)
            {
                step = $"{(round < 0 ? "warm-up" : $"round {round + 1}")} of '{peer.Name}'";
                figures[peer.Name] = await MeasureAsync(workload, contestant, operations);
            }
            var share = neighbours.Share();
            if (round >= 0) result.Add(figures, share);
            return share;
        }
    }

    private static async Task<Dictionary<Metric, double>> MeasureAsync(Workload workload, IContestant contestant, int operations)
    {
        var withLatencies = workload.Columns.Any(static column => column == Metric.P50 || column == Metric.P99 || column == Metric.P999);
        var round = new Round(operations, withLatencies);
        Settle();
        round.Begin();
        await contestant.RunAsync(round).WaitAsync(RoundLimit);
        return round.Close();
    }

    /// <summary>No peer pays for another's garbage.</summary>
    internal static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
