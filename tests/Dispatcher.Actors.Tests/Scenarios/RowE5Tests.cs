using System.Collections.Concurrent;
using System.Diagnostics;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Row E5, error chain, trace and structured log (article 2/3.3): every failure carries trace id, task type, attempt and error class, as fields.</summary>
public sealed class RowE5Tests : DispatcherTestKit
{
    private readonly Recorder _log = new();
    private readonly ServiceProvider _services;

    public RowE5Tests() => _services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();

    [Fact]
    public async Task Failure_InATrace_IsLoggedWithItsFieldsAndItsChain()
    {
        ITaskDispatcher pool = StartPool(d => d.Handle<Work, string>((_, _) => throw new InvalidOperationException("outer", new IOException("cause"))), services: _services).Dispatcher;
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        TaskOutcome<string> outcome = await pool.RunAsync(new Work("a"));
        Assert.IsType<IOException>(((Failed)outcome.Detail!).Error.InnerException);
        Entry entry = _log.Entries.Single(entry => entry.Id == 1006);
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Equal("test", entry["Pool"]);
        Assert.Equal("Work", entry["TaskType"]);
        Assert.Equal(1, entry["Attempt"]);
        Assert.Equal("InvalidOperationException", entry["ErrorClass"]);
        Assert.Equal(caller.TraceId.ToString(), entry["TraceId"]);
        Assert.IsType<IOException>(entry.Error!.InnerException);
    }

    [Theory]
    [InlineData("retries.max-delayed", 1, "as many tasks as retries.max-delayed allows wait for their next try")]
    [InlineData("retries.budget-percent", 1, "the budget of retries (retries.budget-percent, retries.budget-floor) is spent")]
    public async Task Retry_ThereIsNoRoomFor_IsLoggedWithTheReason(string key, int value, string why)
    {
        TestPool pool = StartPool(
            d => d.Retries(new RetryOptions { Attempts = 2, On = ["any"], BackoffFirst = TimeSpan.FromHours(1), BackoffMax = TimeSpan.FromHours(1) })
                .Set("retries.budget-floor", key == "retries.max-delayed" ? 10 : 0).Set(key, value).Handle<Work, string>((_, _) => throw new TimeoutException()),
            services: _services);
        if (key == "retries.max-delayed")
        {
            Assert.True(pool.Dispatcher.TrySubmit(new Work("waits"), out TaskHandle<string> _));
            await pool.AwaitAsync(snapshot => snapshot.Delayed == 1);
        }

        Failed failed = Assert.IsType<Failed>((await pool.Dispatcher.RunAsync(new Work("a"))).Detail);
        Assert.Equal(1, failed.Attempts);
        Entry entry = _log.Entries.Single(entry => entry.Id == 1020);
        Assert.Equal(("Work", 1, "TimeoutException", why), (entry["TaskType"], entry["Attempt"], entry["ErrorClass"], entry["Why"]));
    }

    [Fact]
    public async Task Failures_AStormOfThem_LogAFewAndCountTheRest()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Work, string>((_, _) => throw new InvalidOperationException("no")), services: _services).Dispatcher;
        for (int i = 0; i < 100; i++)
            await pool.RunAsync(new Work("a"));
        Assert.Equal(10, _log.Entries.Count(entry => entry.Id == 1006));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await pool.RunAsync(new Work("a"));
        Assert.Equal(90L, _log.Entries.Last(entry => entry.Id == 1006)["Suppressed"]);
    }

    [Fact]
    public async Task Abandoned_HandlerThatIgnoresItsToken_IsNamed()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Work, string>(Work.HandleDeafAsync), services: _services).Dispatcher;
        Work work = new("a");
        Task<TaskOutcome<string>> outcome = pool.RunAsync(work, new TaskOptions { Deadline = TimeSpan.FromSeconds(1) }).AsTask();
        await work.Started;
        await AdvanceAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(OutcomeKind.Abandoned, (await outcome).Kind);
        Entry entry = _log.Entries.Single(entry => entry.Id == 1007);
        Assert.Equal("Work", entry["TaskType"]);
        Assert.Contains("did not stop", (string)entry["Why"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_GoodAndBad_AreLogged()
    {
        StartPool(d => d.Workers(2).Handle<Work, string>(Work.HandleAsync), services: _services);
        Entry started = _log.Entries.Single(entry => entry.Id == 1004);
        Assert.Equal(2, started["Workers"]);
        Assert.Throws<SettingsException>(() => StartPool(d => d.Workers(0).Handle<Work, string>(Work.HandleAsync), "bad", _services));
        Assert.Equal("bad", _log.Entries.Single(entry => entry.Id == 1008)["Pool"]);
    }

    private sealed record Entry(int Id, LogLevel Level, IReadOnlyList<KeyValuePair<string, object?>> Fields, Exception? Error)
    {
        public object? this[string field] => Fields.Single(pair => pair.Key == field).Value;
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<Entry> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue(new Entry(eventId.Id, logLevel, (IReadOnlyList<KeyValuePair<string, object?>>)state!, exception));

        public void Dispose()
        {
        }
    }
}
