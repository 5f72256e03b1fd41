namespace Dispatcher.Actors.Tests.Admission.Fairness;

public sealed class FairnessSimulationTests
{
    private const int Backlog = 100_000, Tasks = 60_000, Workers = 8;

    [Theory]
    [InlineData(1, 0.6)]
    [InlineData(2, 0.6)]
    [InlineData(3, 0.7)]
    [InlineData(4, 0.8)]
    public void P99Wait_ATenantHasAHundredThousandQueued_IsWithinTwiceOfBeingAlone(int seed, double load)
    {
        double alone = P99(new FairnessSimulation(seed, Workers, tenants: 20, load, backlogOfBig: 0).Run(Tasks));
        FairnessSimulation together = new(seed, Workers, tenants: 20, load, Backlog);
        double beside = P99(together.Run(Tasks));
        Assert.True(together.Left > 0, "The big tenant's line has to last.");
        Assert.True(beside <= 2 * alone, $"seed {seed}: P99 wait {beside:0.00} ms beside the big tenant, {alone:0.00} ms alone.");
    }

    private static double P99(IReadOnlyList<double> sorted) => sorted[(int)(sorted.Count * 0.99)];
}
