namespace Dispatcher.Benchmarks.Runner;

/// <summary>Runs the peers of a workload in turn, round after round, so that a noisy minute meets all of them alike.</summary>
internal sealed class WorkloadRunner(int rounds, bool quick, Progress progress)
{
    /// <summary>No round takes longer; one that does has lost a message.</summary>
    private static readonly TimeSpan RoundLimit = TimeSpan.FromMinutes(2);

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
            for (var round = -workload.WarmUps; round < rounds; round++)
            {
                progress.Show(workload.Name, round, rounds);
                foreach (var (peer, contestant) in contestants)
                {
                    step = $"{(round < 0 ? "warm-up" : $"round {round + 1}")} of '{peer.Name}'";
                    var figures = await MeasureAsync(workload, contestant, operations);
                    if (round >= 0) result.Add(peer.Name, figures);
                }
            }
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
