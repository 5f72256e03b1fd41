using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

public sealed class TargetBreakersTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Find_TargetWithABreaker_IsItsOwn()
    {
        TargetBreakers set = new(BreakerPresets.Quick, 10, _time, null);
        CircuitBreaker? a = Find(set, "a"), b = Find(set, "b");
        Assert.NotSame(a, b);
        Assert.Same(a, Find(set, "a"));
        List<string> names = [];
        set.ForEach(breaker => names.Add(breaker.Name));
        Assert.Equal(["a", "b"], names.Order());
    }

    [Fact]
    public void Find_NoRoom_AQuietTargetGoesAndOneWithTroubleStays()
    {
        TargetBreakers set = new(BreakerPresets.Quick, 2, _time, null);
        CircuitBreaker troubled = Find(set, "troubled")!;
        troubled.TryEnter(_time.GetTimestamp(), out BreakerPhase? pass, out _);
        troubled.Exit(pass!, CallResult.Failed, 0, _time.GetTimestamp());
        Find(set, "quiet");
        Assert.NotNull(Find(set, "new"));
        Assert.Same(troubled, Find(set, "troubled"));
        Assert.Equal(0, set.Unguarded);
    }

    [Fact]
    public void Find_NoRoomAndAllAreOpen_TheNewcomerHasNoBreaker()
    {
        TargetBreakers set = new(BreakerPresets.Quick, 1, _time, null);
        Find(set, "a")!.Force(open: true, _time.GetTimestamp());
        Assert.Null(Find(set, "b"));
        Assert.Equal(1, set.Unguarded);
    }

    private CircuitBreaker? Find(TargetBreakers set, string target) => set.Find(target, _time.GetTimestamp());
}
