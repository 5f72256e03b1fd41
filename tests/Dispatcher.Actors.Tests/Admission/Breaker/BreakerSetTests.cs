using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

public sealed class BreakerSetTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Find_TargetWithABreaker_IsItsOwn()
    {
        BreakerSet set = new([], BreakerPresets.Quick, 10, _time, null);
        CircuitBreaker? a = Find(set, "a"), b = Find(set, "b");
        Assert.NotSame(a, b);
        Assert.Same(a, Find(set, "a"));
        Assert.Null(Find(set, null));
    }

    [Fact]
    public void Find_NoTarget_IsTheTypes()
    {
        CircuitBreaker type = new("type", BreakerPresets.Quick, _time, null);
        BreakerSet set = new([type], BreakerPresets.Quick, 10, _time, null);
        Assert.Same(type, Find(set, null));
        Assert.Null(set.Find(new AdmissionRequest(TaskPriority.P1, 1, null, null, 0)));
        List<string> names = [];
        Find(set, "a");
        set.ForEach(breaker => names.Add(breaker.Name));
        Assert.Equal(["type", "a"], names);
    }

    [Fact]
    public void Find_NoRoom_AQuietTargetGoesAndOneWithTroubleStays()
    {
        BreakerSet set = new([], BreakerPresets.Quick, 2, _time, null);
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
        BreakerSet set = new([], BreakerPresets.Quick, 1, _time, null);
        Find(set, "a")!.Force(open: true, _time.GetTimestamp());
        Assert.Null(Find(set, "b"));
        Assert.Equal(1, set.Unguarded);
    }

    private CircuitBreaker? Find(BreakerSet set, string? target) =>
        set.Find(new AdmissionRequest(TaskPriority.P1, 0, null, target, _time.GetTimestamp()));
}
