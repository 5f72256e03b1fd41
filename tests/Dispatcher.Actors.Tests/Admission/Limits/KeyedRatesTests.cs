using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Limits;

public sealed class KeyedRatesTests
{
    private static readonly RateSettings s_three = new() { Shape = RateShape.TokenBucket, PermitsPerSecond = 1, Burst = 3 };
    private readonly ManualTime _time = new();

    [Fact]
    public void TryTake_SeveralTenants_EachHasItsOwnBucket()
    {
        KeyedRates rates = Make(4, ("big", s_three with { Burst = 5 }));
        Assert.Equal(3, TakeAll(rates, "a"));
        Assert.Equal(3, TakeAll(rates, "b"));
        Assert.Equal(5, TakeAll(rates, "big"));
    }

    [Fact]
    public void TryTake_MoreTenantsThanPlaces_NewcomersShareOneBucket()
    {
        KeyedRates rates = Make(2);
        Assert.Equal(3, TakeAll(rates, "a"));
        Assert.Equal(3, TakeAll(rates, "b"));
        Assert.Equal(3, TakeAll(rates, "c"));
        Assert.Equal(0, TakeAll(rates, "d"));
        Assert.Equal(2, rates.Count);
        Assert.True(rates.Shared > 0);
    }

    [Fact]
    public void TryTake_ATenantIsFullAgain_ItsPlaceGoesToANewcomer()
    {
        KeyedRates rates = Make(1);
        Assert.Equal(3, TakeAll(rates, "a"));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, TakeAll(rates, "b"));
        Assert.Equal(0, rates.Shared);
        // b is not full: a counts on the shared bucket now.
        Assert.Equal(3, TakeAll(rates, "a"));
        Assert.Equal(4, rates.Shared);
    }

    [Fact]
    public void TryTake_EndlessNames_NeverGetMoreThanThePlacesAndTheSharedBucketAllow()
    {
        const int Places = 8;
        KeyedRates rates = Make(Places);
        int taken = 0;
        for (int i = 0; i < 10_000; i++)
            taken += rates.TryTake($"name {i}", _time.GetTimestamp(), out _).IsTaken ? 1 : 0;
        Assert.Equal(Places + 3, taken);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task TryTake_ManyThreadsAndEvictions_NoTenantGetsMoreThanItsRate(int seed)
    {
        const int Tenants = 6;
        KeyedRates rates = Make(3);
        long[] taken = new long[Tenants];
        long start = _time.GetTimestamp();
        await Crowd.Run(4, seed, (thread, random) =>
        {
            for (int i = 0; i < 5000; i++)
            {
                if (random.Next(10) == 0)
                    _time.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
                int tenant = random.Next(Tenants);
                if (rates.TryTake($"t{tenant}", _time.GetTimestamp(), out _).IsTaken)
                    Interlocked.Increment(ref taken[tenant]);
            }
        });
        double seconds = TimeSpan.FromTicks(_time.GetTimestamp() - start).TotalSeconds;
        // Its own bucket, and at worst all of the shared one.
        Assert.All(taken, count => Assert.InRange(count, 0, 2 * (3 + seconds)));
        Assert.InRange(taken.Sum(), 0, (3 + 1) * 3 + ((3 + 1) * seconds) + Tenants);
    }

    private KeyedRates Make(int places, params (string Tenant, RateSettings Rate)[] named) =>
        new(s_three, named.ToDictionary(one => one.Tenant, one => one.Rate), places, _time);

    private int TakeAll(KeyedRates rates, string tenant)
    {
        int taken = 0;
        while (rates.TryTake(tenant, _time.GetTimestamp(), out _).IsTaken)
            taken++;
        return taken;
    }
}
