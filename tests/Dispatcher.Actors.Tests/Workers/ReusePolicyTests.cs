using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Workers;

public sealed class ReusePolicyTests
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
        Assert.Equal(gain, ReusePolicy.Gain(density, blocking, coldStart), 12);

    [Theory]
    [InlineData(-0.1, 0, 1, "density")]
    [InlineData(1.1, 0, 1, "density")]
    [InlineData(double.NaN, 0, 1, "density")]
    [InlineData(0, 2, 1, "blockingRate")]
    [InlineData(0, 0, -1, "coldStartFactor")]
    [InlineData(0, 0, double.NaN, "coldStartFactor")]
    public void Gain_FigureOutOfRange_IsNamed(double density, double blocking, double coldStart, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => ReusePolicy.Gain(density, blocking, coldStart)).ParamName);

    [Fact]
    public void Choose_AWarmOneAmongBetterColdOnes_TakesTheWarmOne() =>
        Assert.Equal((1, false), ReusePolicy.Choose([new(s_none, 5), new(s_mail, 0.1), new(s_none, 3)], "mail"));

    [Fact]
    public void Choose_SeveralWarmOnes_TakesTheGreatestGain() =>
        Assert.Equal((2, false), ReusePolicy.Choose([new(s_mail, 1), new(s_none, 9), new(s_mail, 2)], "mail"));

    [Fact]
    public void Choose_OnlyColdOnes_TakesTheGreatestGainAndWarmsItUp() =>
        Assert.Equal((1, true), ReusePolicy.Choose([new(s_none, 1), new(s_none, 2)], "mail"));

    [Fact]
    public void Choose_NobodyFree_IsNobody() => Assert.Equal((-1, false), ReusePolicy.Choose([], "mail"));

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

        ReuseCandidate[] all = [.. busySteps.Select(static steps => new ReuseCandidate(s_mail, ReusePolicy.Gain(steps / 50_000.0, 0, 2)))];
        while (busy.Count > 0)
            Free(0);
        Assert.True(idle.TryTake(out int first));
        Assert.Equal((first, false), ReusePolicy.Choose(all, "mail"));

        void Free(int place)
        {
            idle.Add(busy[place]);
            busy.RemoveAt(place);
        }
    }
}
