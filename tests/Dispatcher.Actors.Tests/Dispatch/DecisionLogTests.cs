using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Scaling;

namespace Dispatcher.Actors.Tests.Dispatch;

public sealed class DecisionLogTests
{
    [Fact]
    public void Add_MoreThanItKeeps_ForgetsTheOldest()
    {
        DecisionLog<ScalingDecided> log = new(3);
        Assert.Empty(log.ToList());
        for (int to = 1; to <= 5; to++)
        {
            log.Add(new ScalingDecided("mail", DateTimeOffset.UnixEpoch, "slo", 0, to, ScalingRule.Demand, "", Samples.Calm(1, 1)));
            Assert.Equal(Enumerable.Range(Math.Max(1, to - 2), Math.Min(to, 3)), log.ToList().Select(static decided => decided.To));
        }
    }
}
