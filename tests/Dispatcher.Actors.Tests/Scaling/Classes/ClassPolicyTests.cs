using Dispatcher.Actors.Scaling.Classes;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Scaling.Classes;

public sealed class ClassPolicyTests
{
    [Theory]
    // Waits 61 %, 60 %, 21 %, 19 % of the time; busy for more than 10 ms, or not.
    [InlineData(TaskTrait.Hybrid, 100, 39, TaskTrait.Waits)]
    [InlineData(TaskTrait.Hybrid, 100, 40, TaskTrait.Hybrid)]
    [InlineData(TaskTrait.Hybrid, 100, 79, TaskTrait.Hybrid)]
    [InlineData(TaskTrait.Hybrid, 100, 81, TaskTrait.ComputesLong)]
    [InlineData(TaskTrait.Hybrid, 10, 10, TaskTrait.Computes)]
    [InlineData(TaskTrait.Hybrid, 11, 11, TaskTrait.ComputesLong)]
    [InlineData(TaskTrait.Hybrid, 0, 0, TaskTrait.Computes)]
    // A type stays until it is past the margin, a long one until it takes half of the limit.
    [InlineData(TaskTrait.Waits, 100, 49, TaskTrait.Waits)]
    [InlineData(TaskTrait.Waits, 100, 51, TaskTrait.Hybrid)]
    [InlineData(TaskTrait.Computes, 10, 8, TaskTrait.Computes)]
    [InlineData(TaskTrait.Computes, 10, 6, TaskTrait.Hybrid)]
    [InlineData(TaskTrait.ComputesLong, 6, 6, TaskTrait.ComputesLong)]
    [InlineData(TaskTrait.ComputesLong, 5, 5, TaskTrait.Computes)]
    public void Trait_OfShareAndRun_IsThatOfTheFormula(TaskTrait now, int wall, int busy, TaskTrait expected)
    {
        ClassState state = new(now, now, 0, default);
        for (int i = 0; i < 3; i++)
            state = ClassPolicy.Step(MeasuredPool.Settings, state, Counts(2, wall, busy), out _);
        Assert.Equal(expected, state.Trait);
    }

    [Fact]
    public void Measurement_TooFewRuns_GoesOnUntilThereAreEnough()
    {
        ClassState state = default;
        for (int i = 0; i < 3; i++)
        {
            state = ClassPolicy.Step(MeasuredPool.Settings, state, Counts(1, 100, 1), out string? reason);
            Assert.Null(reason);
        }

        state = ClassPolicy.Step(MeasuredPool.Settings, state, default, out string? still);
        Assert.Null(still);
        state = ClassPolicy.Step(MeasuredPool.Settings, state, Counts(1, 100, 1), out string? last);
        Assert.Equal((TaskTrait.Waits, "waits 99 %, busy 1 ms a run, 2 runs, 2 times in a row"), (state.Trait, last));
    }

    [Fact]
    public void Measurements_ThatDisagree_MoveNothing()
    {
        ClassState state = default;
        for (int i = 0; i < 100; i++)
        {
            int busy = (i % 3) switch { 0 => 1, 1 => 50, _ => 100 };
            state = ClassPolicy.Step(MeasuredPool.Settings, state, Counts(2, 100, busy), out string? reason);
            Assert.Null(reason);
        }

        Assert.Equal(TaskTrait.Hybrid, state.Trait);
    }

    [Fact]
    public void Share_AroundTheThreshold_MovesOnceAtMost()
    {
        Random random = new(7);
        ClassState state = default;
        int moves = 0;
        for (int i = 0; i < 10_000; i++)
        {
            state = ClassPolicy.Step(MeasuredPool.Settings, state, Counts(2, 1000, 400 + random.Next(-90, 90)), out string? reason);
            moves += reason == null ? 0 : 1;
        }

        Assert.Equal((1, TaskTrait.Waits), (moves, state.Trait));
    }

    private static TraitCounts Counts(int runs, double wall, double busy) =>
        new(runs, TimeSpan.FromMilliseconds(wall * runs), TimeSpan.FromMilliseconds(busy * runs));
}
