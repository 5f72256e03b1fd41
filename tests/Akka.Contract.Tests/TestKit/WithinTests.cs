using Xunit.Sdk;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class WithinTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void Within_Block_AnswersItsResult() => Assert.Equal(42, Within(Long, () => 42));

    [Fact]
    public void Within_InnerBlock_BoundsRemaining() => Within(Long, () =>
    {
        Within(TimeSpan.FromSeconds(5), () => Assert.InRange(Remaining, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5)));
        Assert.InRange(RemainingOrDefault, TimeSpan.FromSeconds(5), Long);
    });

    [Fact]
    public void Within_ExpectWithoutTimeout_WaitsForTheRestOfTheBlock()
    {
        var start = Now;

        Assert.ThrowsAny<XunitException>(() => Within(Short, () => ExpectMsg<string>()));

        Assert.InRange(Now - start, Short - TimeSpan.FromMilliseconds(15), TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public void Within_BlockTakesLonger_Fails() =>
        Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromMilliseconds(1), () => ExpectNoMsg(TimeSpan.FromMilliseconds(60))));

    [Fact]
    public void Within_BlockTakesLongerByLessThanEpsilon_Passes() => Within(Short, () => ExpectNoMsg(), TimeSpan.FromSeconds(20));

    [Fact]
    public void Within_BlockIsTooFast_Fails() => Assert.ThrowsAny<XunitException>(() => Within(TimeSpan.FromSeconds(10), Long, () => { }));

    [Fact]
    public async Task WithinAsync_Block_AnswersItsResult()
    {
        Assert.Equal(42, await WithinAsync(Long, async () =>
        {
            await Task.Yield();
            return 42;
        }));
        await WithinAsync(Long, async () => await ExpectNoMsgAsync(TimeSpan.Zero));
        await Assert.ThrowsAnyAsync<XunitException>(() => WithinAsync(Short, async () => await ExpectMsgAsync<string>()));
    }

    [Fact]
    public void Remaining_OutsideOfWithin_Throws() => Assert.Throws<InvalidOperationException>(() => Remaining);

    [Fact]
    public void RemainingOrDilated_InfiniteDuration_Throws() => Assert.Throws<ArgumentException>(() => RemainingOrDilated(Timeout.InfiniteTimeSpan));

    [Fact]
    public void AwaitCondition_BecomesTrue_Returns()
    {
        var calls = 0;
        AwaitCondition(() => ++calls == 3, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void AwaitCondition_StaysFalse_FailsWithTimeoutAndMessage()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Short, TimeSpan.FromMilliseconds(1), "it never did"));

        Assert.Contains("Timeout", failure.Message);
        Assert.Contains("it never did", failure.Message);
    }

    [Fact]
    public async Task AwaitConditionNoThrow_StaysFalse_AnswersFalse()
    {
        Assert.False(AwaitConditionNoThrow(() => false, Short, TimeSpan.FromMilliseconds(1)));
        Assert.False(await AwaitConditionNoThrowAsync(() => Task.FromResult(false), Short, TimeSpan.FromMilliseconds(1)));
        Assert.True(await AwaitConditionNoThrowAsync(() => true, Short));
    }

    [Fact]
    public async Task AwaitConditionAsync_BecomesTrue_Returns()
    {
        var calls = 0;
        await AwaitConditionAsync(() => Task.FromResult(++calls == 3), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, calls);
    }

    [Fact]
    public void AwaitAssert_ThrowsAtFirst_Returns()
    {
        var calls = 0;
        AwaitAssert(() => Assert.Equal(3, ++calls), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task AwaitAssert_ThrowsTooLong_ThrowsTheLastOne()
    {
        Assert.Throws<NotSupportedException>(() => AwaitAssert(() => throw new NotSupportedException(), Short, TimeSpan.FromMilliseconds(5)));
        await Assert.ThrowsAsync<NotSupportedException>(() => AwaitAssertAsync(() => Task.FromException(new NotSupportedException()), Short, TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public void TestLatch_CountedDown_Opens()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Throws<TimeoutException>(() => latch.Ready(Short));

        latch.CountDown();
        Assert.True(latch.IsOpen);
        latch.Ready();

        latch.Reset();
        Assert.False(latch.IsOpen);
        latch.Open();
        latch.Ready();
    }

    [Fact]
    public async Task TestBarrier_AllThere_LetsThemGo()
    {
        var barrier = CreateTestBarrier(2);
        var other = Task.Run(barrier.Await);

        barrier.Await();

        await other;
    }
}
