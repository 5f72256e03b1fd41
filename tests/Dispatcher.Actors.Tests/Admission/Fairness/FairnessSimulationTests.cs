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
        RoomyQueue queue = new(Backlog + 100_000);
        double alone = P99(new RoomyQueue(100_000), seed, load, backlogOfBig: 0);
        double beside = P99(queue, seed, load, Backlog);
        Assert.True(queue.Count > 0, "The big tenant's line has to last.");
        Assert.True(beside <= 2 * alone, $"seed {seed}: P99 wait {beside:0.00} ms beside the big tenant, {alone:0.00} ms alone.");
    }

    [Theory]
    [InlineData(1, 0.6, 16)]
    [InlineData(2, 0.6, 1024)]
    [InlineData(3, 0.7, 64)]
    [InlineData(4, 0.8, 256)]
    public void P99Wait_ATenantHasAHundredThousandThatWaitForAPlace_IsWithinTwiceOfBeingAlone(int seed, double load, int places)
    {
        FullQueue queue = new(places, Backlog + 100_000);
        double alone = P99(new FullQueue(places, 100_000), seed, load, backlogOfBig: 0);
        double beside = P99(queue, seed, load, Backlog + places);
        Assert.True(queue.Waiting > 0, "The big tenant's line has to last.");
        Assert.True(beside <= 2 * alone, $"seed {seed}: P99 wait {beside:0.00} ms beside the big tenant, {alone:0.00} ms alone.");
    }

    private static double P99(ISimulatedQueue queue, int seed, double load, int backlogOfBig)
    {
        IReadOnlyList<double> sorted = new FairnessSimulation(queue, seed, Workers, tenants: 20, load, backlogOfBig).Run(Tasks);
        return sorted[(int)(sorted.Count * 0.99)];
    }
}
