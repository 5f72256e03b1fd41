using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Contracts;

/// <summary>Contracts and roll-outs that cannot be: the start fails, and says of each error the type, the member, the value and what is allowed.</summary>
public sealed class ContractBadInputTests : PoolTest
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Attribute_EverythingIsOutOfRange_EachIsReported()
    {
        string type = typeof(Hopeless).FullName!;
        Assert.Equal(
            [
                $"{type} [TaskContract].Attempts = 0: expected a whole number from 1 to 100",
                $"{type} [TaskContract].DeadlineMilliseconds = -5: expected a duration from 1ms to 24h, or off",
                $"{type} [TaskContract].P99TargetMilliseconds = NaN: expected a duration from 0.1ms to 24h, or off",
                $"{type} [TaskContract].PayloadCapBytes = -1: expected a whole number from 0 to 2147483647",
                $"{type} [TaskContract].Priority = 7: expected one of P0, P1, P2",
                $"{type} [TaskContract].QueueBudgetMilliseconds = 0: expected a duration from 1ms to 24h, or off",
                $"{type} [TaskContract].RunBudgetMilliseconds = 90000000: expected a duration from 1ms to 24h, or off",
            ],
            ErrorsOf(static builder => builder.Handle<Hopeless, int>(static (_, _) => default)));
    }

    [Fact]
    public void Attribute_BadValueThatConfigurationReplaces_IsNotUsed() =>
        Assert.Empty(ErrorsOf(
            static builder => builder.Handle<Dreamer, int>(static (_, _) => default).Contract<Dreamer>(new TaskContractOptions { P99Target = s_second })));

    [Fact]
    public void P99Target_AboveTheDeadline_IsAContradiction() =>
        Assert.Equal(
            [$"{typeof(Dreamer).FullName} [TaskContract].P99TargetMilliseconds = 2000: above the deadline of Dreamer: expected at most 1s"],
            ErrorsOf(static builder => builder.Handle<Dreamer, int>(static (_, _) => default)));

    [Fact]
    public void Budgets_AboveTheDeadline_HaveNoEffect()
    {
        IReadOnlyList<string> errors = ErrorsOf(static builder => builder.Handle<Plain, int>(static (_, _) => default).Contract<Plain>(new TaskContractOptions
        {
            Deadline = s_second,
            QueueBudget = 2 * s_second,
            RunBudget = 3 * s_second,
            Retries = new RetryOptions { Attempts = 2, TryTimeout = 4 * s_second },
        }));
        Assert.Equal(
            [
                "dispatcher.pools.work.tasks.Plain.contract.run-budget = 3s: has no effect: the deadline of Plain comes first, after 1s",
                "dispatcher.pools.work.tasks.Plain.queue.budget = 2s: has no effect: the deadline of Plain comes first, after 1s",
                "dispatcher.pools.work.tasks.Plain.retries.try-timeout = 4s: has no effect: the deadline of Plain comes first, after 1s",
                "dispatcher.pools.work.tasks.Plain.retries.try-timeout = 4s: has no effect: the run budget of Plain comes first, after 3s",
            ],
            errors);
    }

    [Fact]
    public void Budget_OfThePoolAboveADeadline_IsForTheOtherTypes() =>
        Assert.Empty(ErrorsOf(static builder => builder
            .Handle<Urgent, int>(static (_, _) => default)
            .Set("queue.budget", TimeSpan.FromHours(1))));

    [Fact]
    public void Fallback_WithoutItsHandler_IsAContradiction() =>
        Assert.Equal(
            [$"{typeof(Helpless).FullName} [TaskContract].Fallback = Failed: has no effect: the pool has no fallback handler for Helpless"],
            ErrorsOf(static builder => builder.Handle<Helpless, int>(static (_, _) => default)));

    [Fact]
    public void PayloadCap_OfATypeThatDoesNotSayItsSize_HasNoEffect() =>
        Assert.Equal(
            ["dispatcher.pools.work.tasks.Plain.payload-cap = 5: has no effect: Plain does not say its size: expected IPayloadSize, or a measure in the builder"],
            ErrorsOf(static builder => builder.Handle<Plain, int>(static (_, _) => default).Contract<Plain>(new TaskContractOptions { PayloadCapBytes = 5 })));

    [Fact]
    public void Contract_OfATypeWithoutHandler_HasNoEffect() =>
        Assert.Equal(
            ["dispatcher.pools.work.tasks.Plain: has no effect: the pool has no handler for a task of this name"],
            ErrorsOf(static builder => builder.Handle<Urgent, int>(static (_, _) => default).Contract<Plain>(new TaskContractOptions { Deadline = s_second })));

    [Theory]
    [InlineData("tasks.Plain.contract.deadlin", "1s", "unknown setting; did you mean 'tasks.Plain.contract.deadline'?")]
    [InlineData("contract.deadline", "soon", "expected a duration from 1ms to 24h, or off")]
    [InlineData("contract.priority", "urgent", "expected one of P0, P1, P2")]
    [InlineData("roll-out.share", "1.5", "expected a number from 0 to 1")]
    [InlineData("roll-out.minimum-samples", "9", "expected a whole number from 10 to 1000000")]
    [InlineData("roll-out.false-alarm", "0", "expected a number from 0.000001 to 0.5")]
    [InlineData("roll-out.error-margin", "-1", "expected a number from 0 to 1")]
    [InlineData("roll-out.latency-margin", "101", "expected a number from 0 to 100")]
    [InlineData("tasks.Plain.roll-out.share", "0.1", "has no effect: the handler of Plain has no second version in the pool")]
    public void Setting_Bad_IsReported(string key, string value, string expected) =>
        Assert.EndsWith(expected, Assert.Single(ErrorsOf(builder => builder.Handle<Plain, int>(static (_, _) => default).Set(key, value))), StringComparison.Ordinal);

    [Fact]
    public void RollOut_ShareOutOfRange_IsReported() =>
        Assert.Equal(
            ["dispatcher.pools.work.tasks.Plain.roll-out.share = NaN: expected a number from 0 to 1"],
            ErrorsOf(static builder => builder.Handle<Plain, int>(static (_, _) => default).RollOut<Plain, int>(static (_, _) => default, double.NaN)));

    [Fact]
    public void RollOut_WithoutAnOldVersion_IsRefused() =>
        Assert.Contains("Plain", Assert.Throws<ArgumentException>(() => Start(static builder => builder
            .Handle<Urgent, int>(static (_, _) => default).RollOut<Plain, int>(static (_, _) => default))).Message, StringComparison.Ordinal);

    [Fact]
    public void RollOut_Twice_IsRefused() =>
        Assert.Contains("Plain", Assert.Throws<ArgumentException>(() => Start(static builder => builder
            .Handle<Plain, int>(static (_, _) => default).RollOut<Plain, int>(static (_, _) => default).RollOut<Plain, int>(static (_, _) => default))).Message, StringComparison.Ordinal);

    [Fact]
    public void RollOut_OfAnotherResult_IsRefused() =>
        Assert.Contains("Plain", Assert.Throws<ArgumentException>(() => Start(static builder => builder
            .Handle<Plain, int>(static (_, _) => default).RollOut<Plain, string>(static (_, _) => default))).Message, StringComparison.Ordinal);

    [Fact]
    public void RollOut_NewVersionCannotBeMade_FailsTheStart() =>
        Assert.Contains(nameof(Unmakeable), Assert.Throws<HandlerConstructionException>(() => Start(static builder => builder
            .Handle<Plain, int>(static (_, _) => default).RollOut<Plain, int, Unmakeable>())).Message, StringComparison.Ordinal);

    private IReadOnlyList<string> ErrorsOf(Action<TaskDispatcherBuilder> configure)
    {
        try
        {
            Start(configure);
            return [];
        }
        catch (SettingsException wrong)
        {
            return [.. wrong.Errors.Select(static error => error.ToString()).Order(StringComparer.Ordinal)];
        }
    }

    [TaskContract(
        DeadlineMilliseconds = -5, P99TargetMilliseconds = double.NaN, Priority = (TaskPriority)7, QueueBudgetMilliseconds = 0, RunBudgetMilliseconds = 90_000_000,
        PayloadCapBytes = -1, Attempts = 0)]
    private sealed record Hopeless : ITask<int>, IPayloadSize
    {
        public long PayloadBytes => 0;
    }

    [TaskContract(DeadlineMilliseconds = 1_000, P99TargetMilliseconds = 2_000)]
    private sealed record Dreamer : ITask<int>;

    [TaskContract(Fallback = FallbackTriggers.Failed)]
    private sealed record Helpless : ITask<int>;

    private sealed class Unmakeable : ITaskHandler<Plain, int>
    {
        public Unmakeable() => throw new InvalidOperationException("not today");

        public ValueTask<int> HandleAsync(Plain task, TaskContext context) => default;
    }
}
