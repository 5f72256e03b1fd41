using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Limits;

public sealed class RateBucketTests
{
    private const int Runs = 300;

    /// <summary>Rates whose interval is a whole number of ticks, or of 256ths of one: there the model has to be met exactly.</summary>
    private static readonly double[] s_exactRates = [0.1, 0.5, 1, 2, 5, 10, 16, 100, 1000, 4000, 62_500, 1_000_000, 10_000_000];

    private static readonly double[] s_otherRates = [0.003, 0.7, 3, 7, 11, 999, 3_333_333.3, 9_999_999];

    [Fact]
    public void TokenBucket_AnyArrivals_DoesWhatTheModelDoes() =>
        Compare((rate, burst) => (Tokens(rate, burst), new TokenBucketModel((decimal)rate, burst)));

    [Fact]
    public void LeakyBucket_AnyArrivals_DoesWhatTheModelDoes() =>
        Compare((rate, delay) => (Leaky(rate, TimeSpan.FromTicks(delay * 1000L)), new LeakyBucketModel((decimal)rate, delay * 1000L)));

    [Fact]
    public void TokenBucket_AnyRateAndArrivals_NeverMoreThanBurstAndRateAllow() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(
            Gen.Elements(s_otherRates).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), Gaps().ToArbitrary(), (rate, burst, gaps) =>
            {
                ManualTime time = new();
                RateBucket bucket = new(Tokens(rate, burst), time);
                long start = time.GetTimestamp();
                int taken = 0;
                foreach (int gap in gaps)
                {
                    time.Advance(TimeSpan.FromTicks(gap));
                    taken += bucket.TryTake(time.GetTimestamp()).IsTaken ? 1 : 0;
                }

                double most = burst + ((time.GetTimestamp() - start) * rate / TimeSpan.TicksPerSecond);
                return taken <= most + 1e-6;
            }));

    [Theory]
    [InlineData(RateShape.TokenBucket)]
    [InlineData(RateShape.LeakyBucket)]
    public void RetryAfter_ARefusal_IsTheFirstMomentThatIsNotRefused(RateShape shape) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(
            Gen.Elements([.. s_exactRates, .. s_otherRates]).ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (rate, room) =>
            {
                RateSettings settings = shape == RateShape.TokenBucket ? Tokens(rate, room) : Leaky(rate, TimeSpan.FromTicks(room));
                ManualTime time = new();
                RateBucket bucket = new(settings, time);
                RateTake take;
                do
                    take = bucket.TryTake(time.GetTimestamp());
                while (take.IsTaken);
                TimeSpan retryAfter = bucket.Span(take.Delay);
                bool isTooEarly = !bucket.TryTake(time.GetTimestamp() + retryAfter.Ticks - 1).IsTaken;
                return retryAfter > TimeSpan.Zero && isTooEarly && bucket.TryTake(time.GetTimestamp() + retryAfter.Ticks).IsTaken;
            }));

    [Fact]
    public void GiveBack_NobodyTookSince_LeavesTheBucketAsItWas() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(
            Gen.Elements(s_exactRates).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), Gaps().ToArbitrary(), (rate, burst, gaps) =>
            {
                ManualTime time = new();
                RateBucket plain = new(Tokens(rate, burst), time), undone = new(Tokens(rate, burst), time);
                foreach (int gap in gaps)
                {
                    time.Advance(TimeSpan.FromTicks(gap));
                    RateTake take = undone.TryTake(time.GetTimestamp());
                    if (take.IsTaken)
                        undone.GiveBack(take.Word);
                    RateTake again = undone.TryTake(time.GetTimestamp()), once = plain.TryTake(time.GetTimestamp());
                    if (again.IsTaken != once.IsTaken || again.Delay != once.Delay)
                        return false;
                }

                return true;
            }));

    [Fact]
    public void GiveBack_SomebodyTookSince_StaysSpent()
    {
        ManualTime time = new();
        RateBucket bucket = new(Tokens(1, 3), time);
        RateTake first = bucket.TryTake(time.GetTimestamp());
        bucket.TryTake(time.GetTimestamp());
        bucket.GiveBack(first.Word);
        Assert.True(bucket.TryTake(time.GetTimestamp()).IsTaken);
        Assert.False(bucket.TryTake(time.GetTimestamp()).IsTaken);
    }

    [Fact]
    public void TryTake_IdleForTwoHundredYears_IsAFullBucket()
    {
        ManualTime time = new();
        RateBucket bucket = new(Tokens(1, 2), time);
        foreach (int years in new[] { 1, 10, 50, 139 })
        {
            time.Advance(TimeSpan.FromDays(365.0 * years));
            Assert.True(bucket.TryTake(time.GetTimestamp()).IsTaken);
            Assert.True(bucket.TryTake(time.GetTimestamp()).IsTaken);
            Assert.False(bucket.TryTake(time.GetTimestamp()).IsTaken);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task TryTake_ManyThreads_HandOutExactlyWhatThereIs(int seed)
    {
        const int Threads = 6, Steps = 2000, Burst = 50;
        ManualTime time = new();
        RateBucket bucket = new(Tokens(1_000_000, Burst), time);
        long start = time.GetTimestamp();
        long taken = 0;
        await Crowd.Run(Threads, seed, (_, random) =>
        {
            for (int i = 0; i < Steps; i++)
            {
                if (random.Next(4) == 0)
                    time.Advance(TimeSpan.FromTicks(random.Next(20)));
                if (bucket.TryTake(time.GetTimestamp()).IsTaken)
                    Interlocked.Increment(ref taken);
            }
        });
        double brought = (time.GetTimestamp() - start) * 1_000_000.0 / TimeSpan.TicksPerSecond;
        Assert.InRange(taken, 0, Burst + brought);
        // Nothing is lost either: what was not handed out is still there, up to a full bucket.
        int left = 0;
        while (bucket.TryTake(time.GetTimestamp()).IsTaken)
            left++;
        Assert.InRange(left, 0, Burst);
        Assert.True(taken + left >= Math.Min(brought, (Threads * Steps) + Burst) - 1 || left == Burst);
    }

    private static void Compare(Func<double, int, (RateSettings Settings, IRateModel Model)> make) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Runs), Prop.ForAll(
            Gen.Elements(s_exactRates).ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), Gaps().ToArbitrary(), (rate, room, gaps) =>
            {
                (RateSettings settings, IRateModel model) = make(rate, room);
                ManualTime time = new();
                RateBucket bucket = new(settings, time);
                foreach (int gap in gaps)
                {
                    time.Advance(TimeSpan.FromTicks(gap));
                    RateTake take = bucket.TryTake(time.GetTimestamp());
                    (bool isTaken, long delay) = model.Take(time.GetTimestamp());
                    if (take.IsTaken != isTaken || take.Delay != delay)
                        return false;
                }

                return true;
            }));

    // Bursts, a steady pace, long pauses.
    private static Gen<int[]> Gaps() =>
        Gen.Frequency((4, Gen.Constant(0)), (4, Gen.Choose(0, 30)), (2, Gen.Choose(0, 20_000)), (1, Gen.Choose(0, 30_000_000))).ArrayOf(120);

    private static RateSettings Tokens(double rate, int burst) => new() { Shape = RateShape.TokenBucket, PermitsPerSecond = rate, Burst = burst };

    private static RateSettings Leaky(double rate, TimeSpan maxDelay) => new() { Shape = RateShape.LeakyBucket, PermitsPerSecond = rate, MaxDelay = maxDelay };
}
