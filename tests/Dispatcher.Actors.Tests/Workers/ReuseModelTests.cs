using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Tests.Workers;

/// <summary>Row P5, the reuse score: the model of it, and that placement agrees with it.</summary>
public sealed class ReuseModelTests
{
    private static readonly HashSet<string> s_mail = ["mail"];
    private static readonly HashSet<string> s_none = [];

    [Theory]
    [InlineData(0, 0, 5, 0)] // never used
    [InlineData(1, 0, 5, 5)] // always at work, never blocked
    [InlineData(1, 1, 5, 0)] // always blocked
    [InlineData(0.8, 0.25, 5, 3)]
    [InlineData(0.5, 0.5, 1, 0.25)]
    [InlineData(0.5, 0.5, 0, 0)] // a cold start costs nothing
    public void Gain_HandComputedCases_IsTheFormula(double density, double blocking, double coldStart, double gain) =>
        Assert.Equal(gain, ReuseModel.Gain(density, blocking, coldStart), 12);

    [Fact]
    public void Choose_AWarmOneAmongBetterColdOnes_TakesTheWarmOne() =>
        Assert.Equal((1, false), ReuseModel.Choose([new(s_none, 5), new(s_mail, 0.1), new(s_none, 3)], "mail"));

    [Fact]
    public void Choose_SeveralWarmOnes_TakesTheGreatestGain() =>
        Assert.Equal((2, false), ReuseModel.Choose([new(s_mail, 1), new(s_none, 9), new(s_mail, 2)], "mail"));

    [Fact]
    public void Choose_OnlyColdOnes_TakesTheGreatestGainAndWarmsItUp() =>
        Assert.Equal((1, true), ReuseModel.Choose([new(s_none, 1), new(s_none, 2)], "mail"));

    [Fact]
    public void Choose_NobodyFree_IsNobody() => Assert.Equal((-1, false), ReuseModel.Choose([], "mail"));

    [Fact]
    public void Choose_WorkersOfAPool_IsTheOneThatTheMaskOfIdleOnesGives()
    {
        // Random times idle and at work: the worker with the lowest number is taken, and so works most. All are warm, a cold start costs the same.
        const int Workers = 8;
        Random random = new(3);
        IndexMask idle = new(Workers);
        for (int i = 0; i < Workers; i++)
            idle.Add(i);
        long[] busySteps = new long[Workers];
        List<int> busy = [];
        for (int step = 1; step <= 50_000; step++)
        {
            if (random.Next(2) == 0 && idle.TryTake(out int taken))
                busy.Add(taken);
            else if (busy.Count > 0 && random.Next(2) == 0)
                Free(random.Next(busy.Count));
            foreach (int worker in busy)
                busySteps[worker]++;
        }

        ReuseCandidate[] all = [.. busySteps.Select(static steps => new ReuseCandidate(s_mail, ReuseModel.Gain(steps / 50_000.0, 0, 2)))];
        while (busy.Count > 0)
            Free(0);
        Assert.True(idle.TryTake(out int first));
        Assert.Equal((first, false), ReuseModel.Choose(all, "mail"));

        void Free(int place)
        {
            idle.Add(busy[place]);
            busy.RemoveAt(place);
        }
    }
}
