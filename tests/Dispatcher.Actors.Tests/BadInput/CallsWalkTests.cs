using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>Every public method of builders, pools and roll-outs that takes a number, a time or a choice, found by reflection, called with what it does not take.</summary>
public sealed class CallsWalkTests : PoolTest
{
    private const TaskPriority NoPriority = (TaskPriority)77;

    /// <summary>Methods by name, with calls that are refused, by the call or by the start of the pool.</summary>
    private static readonly Dictionary<string, Action<TaskDispatcherBuilder>[]> s_calls = new()
    {
        ["TaskDispatcherBuilder.RateLimit"] =
        [
            static b => b.RateLimit(double.NaN), static b => b.RateLimit(-1), static b => b.RateLimit(0), static b => b.RateLimit(double.PositiveInfinity),
            static b => b.RateLimit(5, 0), static b => b.RateLimit(5, -1), static b => b.RateLimit(5, int.MaxValue),
        ],
        ["TaskDispatcherBuilder.ConcurrencyLimit"] = [static b => b.ConcurrencyLimit(0), static b => b.ConcurrencyLimit(-1), static b => b.ConcurrencyLimit(int.MaxValue)],
        ["TaskDispatcherBuilder.Workers"] = [static b => b.Workers(0), static b => b.Workers(int.MaxValue), static b => b.Workers(-1, 4), static b => b.Workers(5, 4)],
        ["TaskDispatcherBuilder.Scale"] =
        [
            static b => b.Scale(0, 4, TimeSpan.FromSeconds(1)), static b => b.Scale(5, 4, TimeSpan.FromSeconds(1)), static b => b.Scale(1, 4, TimeSpan.Zero), static b => b.Scale(1, 4, TimeSpan.MinValue),
            static b => b.Scale(1, 4, TimeSpan.MaxValue), static b => b.Scale(1, 4, Timeout.InfiniteTimeSpan),
        ],
        ["TaskDispatcherBuilder.Concurrency"] = [static b => b.Concurrency(0), static b => b.Concurrency(-1), static b => b.Concurrency(int.MaxValue)],
        ["TaskDispatcherBuilder.Queue"] = [static b => b.Queue(0), static b => b.Queue(-1), static b => b.Queue(int.MaxValue), static b => b.Queue(5, (FullPolicy)77)],
        ["TaskDispatcherBuilder.Routing"] = [static b => b.Routing((RoutingPolicy)77)],
        ["TaskDispatcherBuilder.PinCpuWorkers"] = [static b => b.PinCpuWorkers(-1), static b => b.PinCpuWorkers(int.MaxValue), static b => b.PinCpuWorkers(0, 0)],
        ["TaskDispatcherBuilder.RollOut"] = [static b => RollOut(b, double.NaN), static b => RollOut(b, -0.1), static b => RollOut(b, 1.1)],
        ["TaskDispatcherBuilder.RollOutScoped"] = [static b => b.RollOutScoped<Work, string, Handler>(2)],
        ["HandlerBuilder.On"] = [static b => b.Handle<StartCheck.Plain, int>(static (_, _) => new(1), static handler => handler.On((WorkerClass)77))],
    };

    /// <summary>Methods without calls above, and where theirs are.</summary>
    private static readonly (string Method, string Why)[] s_elsewhere =
    [
        ("TaskDispatcherBuilder.UseSeed", "any number is a seed"),
        ("AlertsBuilder.Webhook", nameof(AlertLevels_ThatAreNone_AreRefused)),
        ("AlertsBuilder.OnFailure", nameof(AlertLevels_ThatAreNone_AreRefused)),
        ("AlertsBuilder.OnFailureOf", nameof(AlertLevels_ThatAreNone_AreRefused)),
        ("ITaskDispatcher.Resize", nameof(Resize_OutOfBounds_IsRefusedWithNameValueAndRange)),
        ("ITaskRollOut.SetShare", nameof(SetShare_OutOfRange_IsRefusedWithNameValueAndRange)),
    ];

    public static TheoryData<string> Methods => [.. s_calls.Keys];

    [Fact]
    public void Methods_AllOfThem_AreInTheTable() =>
        Assert.Equal(
            s_calls.Keys.Concat(s_elsewhere.Select(static method => method.Method)).Order(StringComparer.Ordinal),
            PublicValues.Methods.Select(static method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Call_WithWhatItDoesNotTake_IsRefusedWithPathValueAndRange(string method)
    {
        foreach (Action<TaskDispatcherBuilder> call in s_calls[method])
        {
            Exception refusal = Assert.ThrowsAny<Exception>(() => Start(builder =>
            {
                builder.Handle<Work, string>(Work.HandleAsync);
                call(builder);
            }));
            if (refusal is SettingsException wrong)
                Assert.Contains(wrong.Errors, static error => error.Value is { Length: > 0 } && error.Expected.StartsWith("expected ", StringComparison.Ordinal));
            else
                Assert.NotNull(Assert.IsType<ArgumentOutOfRangeException>(refusal).ActualValue);
        }
    }

    [Fact]
    public void AlertLevels_ThatAreNone_AreRefused()
    {
        const AlertLevel None = (AlertLevel)77;
        Sys.UseTaskAlerts(static alerts => alerts.Webhook(new Uri("http://localhost:1/"), None).OnFailure("mine", None).OnFailureOf<Work>(None));
        SettingsException wrong = Assert.Throws<SettingsException>(() => Start(static builder => builder.Handle<Work, string>(Work.HandleAsync)));
        Assert.Equal(
            [
                "dispatcher.alerts.rules.failures-of-Work.level = 77: expected one of none, P0, P1, P2",
                "dispatcher.alerts.rules.mine.level = 77: expected one of none, P0, P1, P2",
                "dispatcher.alerts.webhook.levels = 77: expected some of P0, P1, P2",
            ],
            wrong.Errors.Select(static error => error.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(int.MaxValue)]
    public void Resize_OutOfBounds_IsRefusedWithNameValueAndRange(int workers)
    {
        ITaskDispatcher pool = Start(static builder => builder.Workers(1, 4).Handle<Work, string>(Work.HandleAsync));
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => pool.Resize(workers));
        Assert.Equal(("workers", workers), (refusal.ParamName, refusal.ActualValue));
        Assert.Contains("1 to 4", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.PositiveInfinity)]
    public void SetShare_OutOfRange_IsRefusedWithNameValueAndRange(double share)
    {
        ITaskDispatcher pool = Start(static builder => RollOut(builder.Handle<Work, string>(Work.HandleAsync), 0.5));
        ArgumentOutOfRangeException refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Assert.Single(pool.GetRollOuts()).SetShare(share));
        Assert.Equal(("share", share), (refusal.ParamName, refusal.ActualValue));
        Assert.Contains("0 to 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Budgets_Infinite_LiftThoseOfTheContract()
    {
        ITaskDispatcher pool = Start(static builder => builder.Workers(1)
            .Contract<Work>(new TaskContractOptions { QueueBudget = TimeSpan.FromMilliseconds(1), RunBudget = TimeSpan.FromMilliseconds(1) }).Handle<Work, string>(Work.HandleAsync));
        Work work = new("a");
        Task<TaskOutcome<string>> outcome = pool.RunAsync(work, new TaskOptions { QueueBudget = Timeout.InfiniteTimeSpan, RunBudget = Timeout.InfiniteTimeSpan }).AsTask();
        Work limited = new("b");
        await Soon(work.Started.ContinueWith(static _ => true, TaskScheduler.Default));
        // A budget of its own, in the queue behind it, is over meanwhile.
        Assert.Equal(OutcomeKind.Expired, (await Soon(pool.RunAsync(limited))).Kind);
        work.Finish();
        Assert.True((await Soon(outcome)).IsCompleted);
    }

    [Fact]
    public void Retries_FirstBackOffAboveTheLongest_IsRefused()
    {
        RetryOptions retries = new() { BackoffFirst = TimeSpan.FromSeconds(2), BackoffMax = TimeSpan.FromSeconds(1) };
        Assert.Contains("BackoffMax is 00:00:01", Assert.Throws<ArgumentException>(() => new TaskOptions { Retries = retries }).Message, StringComparison.Ordinal);
        Assert.Equal(NoPriority, Assert.Throws<ArgumentOutOfRangeException>(static () => new TaskOptions { Priority = NoPriority }).ActualValue);
    }

    private static void RollOut(TaskDispatcherBuilder builder, double share) => builder.RollOut<Work, string>(Work.HandleAsync, share);

    private sealed class Handler : ITaskHandler<Work, string>
    {
        public ValueTask<string> HandleAsync(Work task, TaskContext context) => new("new");
    }
}
