using Dispatcher.Actors.RollOuts;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.RollOuts;

public sealed class VersionChoiceTests
{
    private static readonly ulong s_seed = VersionChoice.SeedOf(typeof(string), "v2");

    [Fact]
    public void IsNew_LargerShare_OnlyAddsKeys() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Gen.Choose(0, 1000).ArrayOf(3).ToArbitrary(), numbers =>
        {
            ulong less = VersionChoice.LimitOf(Math.Min(numbers[0], numbers[1]) / 1000.0);
            ulong more = VersionChoice.LimitOf(Math.Max(numbers[0], numbers[1]) / 1000.0);
            string key = $"key-{numbers[2]}";
            return !VersionChoice.IsNew(s_seed, less, key, 1) || VersionChoice.IsNew(s_seed, more, key, 2);
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void IsNew_ManyTasksAndKeys_AreTheShare(double share)
    {
        const int Many = 100_000;
        ulong limit = VersionChoice.LimitOf(share);
        int ids = 0, keys = 0;
        for (int i = 0; i < Many; i++)
        {
            ids += VersionChoice.IsNew(s_seed, limit, null, i) ? 1 : 0;
            keys += VersionChoice.IsNew(s_seed, limit, $"customer-{i}", 7) ? 1 : 0;
        }

        // Four standard deviations; none at the ends.
        double allowed = 4 * Math.Sqrt(Many * share * (1 - share));
        Assert.InRange(ids, (Many * share) - allowed, (Many * share) + allowed);
        Assert.InRange(keys, (Many * share) - allowed, (Many * share) + allowed);
    }

    [Fact]
    public void IsNew_AnotherVersion_IsSeenByOtherKeys()
    {
        ulong limit = VersionChoice.LimitOf(0.1);
        ulong other = VersionChoice.SeedOf(typeof(string), "v3");
        int both = Enumerable.Range(0, 10_000).Count(i => VersionChoice.IsNew(s_seed, limit, $"{i}", 0) && VersionChoice.IsNew(other, limit, $"{i}", 0));
        Assert.InRange(both, 60, 140);
    }

    [Fact]
    public void IsNew_KnownKeys_IsTheSameInEveryProcess()
    {
        ulong limit = VersionChoice.LimitOf(0.5);
        Assert.Equal("1111000111110011", string.Concat(Enumerable.Range(0, 16).Select(i => VersionChoice.IsNew(s_seed, limit, $"customer-{i}", 0) ? '1' : '0')));
    }
}
