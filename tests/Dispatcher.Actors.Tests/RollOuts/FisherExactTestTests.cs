using System.Numerics;
using Dispatcher.Actors.RollOuts;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.RollOuts;

public sealed class FisherExactTestTests
{
    [Theory]
    [InlineData(3, 4, 1, 4, 0.242857)] // the lady who tasted tea: 17 of 70
    [InlineData(4, 4, 0, 4, 0.0142857)] // 1 of 70
    [InlineData(50, 50, 0, 950, 1.0570309e-85)]
    [InlineData(3, 50, 1, 950, 0.000455133)]
    [InlineData(0, 50, 0, 950, 1)]
    [InlineData(5, 50, 95, 950, 1)]
    public void UpperTail_KnownTables_IsTheirProbability(long hits, long draws, long otherHits, long otherDraws, double expected) =>
        Assert.Equal(1, FisherExactTest.UpperTail(hits, draws, otherHits, otherDraws) / expected, 0.001);

    [Fact]
    public void UpperTail_AnySmallTable_IsWhatCountingGives() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, 40).ArrayOf(4).ToArbitrary(), numbers =>
        {
            (int draws, int otherDraws) = (numbers[0] + 1, numbers[1] + 1);
            (int hits, int otherHits) = (numbers[2] % (draws + 1), numbers[3] % (otherDraws + 1));
            double p = FisherExactTest.UpperTail(hits, draws, otherHits, otherDraws);
            double counted = Count(hits, draws, hits + otherHits, draws + otherDraws);
            return hits * otherDraws <= otherHits * draws ? p == 1 : Math.Abs(p - counted) < 1e-9 * counted;
        }));

    [Fact]
    public void UpperTail_MillionsOfCalls_IsAsExact()
    {
        // With so few hits the distribution is the binomial one: 20 of 20 at a share of 1 in 2.
        Assert.Equal(1, FisherExactTest.UpperTail(20, 5_000_000, 0, 5_000_000) / Math.Pow(0.5, 20), 0.001);
        Assert.InRange(FisherExactTest.UpperTail(500_000, 1_000_000, 499_000, 1_000_000), 0.0780, 0.0790); // 1.415 standard deviations
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(20, 42.335616460753485)]
    [InlineData(255, 1161.7121011184006)]
    [InlineData(256, 1167.2572785628802)]
    [InlineData(1_000_000, 12815518.384658169)]
    public void LogFactorial_KnownValues(long n, double expected) => Assert.Equal(expected, LogFactorial.Of(n), Math.Max(1e-6, expected * 1e-9));

    private static double Count(int hits, int draws, int marked, int all)
    {
        BigInteger sum = 0;
        for (int x = hits; x <= Math.Min(draws, marked); x++)
            sum += Choose(marked, x) * Choose(all - marked, draws - x);
        return Math.Exp(BigInteger.Log(sum) - BigInteger.Log(Choose(all, draws)));
    }

    private static BigInteger Choose(int n, int k)
    {
        if (k < 0 || k > n)
            return 0;
        BigInteger ways = 1;
        for (int i = 1; i <= k; i++)
            ways = ways * (n - k + i) / i;
        return ways;
    }
}
