using Dispatcher.Actors.Diagnosis;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Diagnosis;

public sealed class WatchdogTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeWatchedPool _pool = new();
    private readonly FakeRuntime _runtime = new();

    [Fact]
    public void Look_ATaskThatNeverEnds_BeginsOnceAndEndsOnce()
    {
        Watchdog watchdog = Make();
        _pool.Running.Add(new RunningTask(1, 1, "Send", 0));
        List<Finding> began = [], ended = [];
        for (int look = 0; look < 20; look++)
            Look(watchdog, began, ended);
        Finding finding = Assert.Single(began);
        Assert.Equal(("pool mail, Send", "tasks run far longer than their like"), (finding.Where, finding.What));
        Assert.Equal(TimeSpan.FromSeconds(60), finding.FoundAt - finding.Since);
        Assert.Empty(ended);
        // The list has the evidence of the last look.
        Assert.Contains("95 s", Assert.Single(watchdog.Findings.ToList()).Evidence, StringComparison.Ordinal);
        _pool.Running.Clear();
        Look(watchdog, began, ended);
        Assert.Equal(_time.GetUtcNow(), Assert.Single(ended).EndedAt);
        Assert.Single(began);
        Assert.Equal((0, 1), (watchdog.CountActive(FindingKind.TaskNeverEnds), watchdog.Findings.ToList().Count));
    }

    [Fact]
    public void Look_HandlersPastTheirGrace_AreNamedByTypeUntilTheyComeBack()
    {
        Watchdog watchdog = Make();
        _pool.Stuck.AddRange([new RunningTask(1, 1, "Send", 3), new RunningTask(2, 2, "Send", 4), new RunningTask(3, 3, "Read", 5)]);
        List<Finding> began = [], ended = [];
        Look(watchdog, began, ended);
        Assert.Equal([("Send", $"2 handler(s) went on past their grace, one with {new TaskId(1)} in worker 3"), ("Read", $"1 handler(s) went on past their grace, one with {new TaskId(3)} in worker 5")],
            began.Select(finding => (finding.TaskType, finding.Evidence)));
        _pool.Stuck.RemoveRange(0, 2);
        Look(watchdog, began, ended);
        Assert.Equal("Send", Assert.Single(ended).TaskType);
    }

    [Fact]
    public void Look_PoolThatIsOver_EndsWhatWasFoundThere()
    {
        Watchdog watchdog = Make();
        _pool.Running.Add(new RunningTask(1, 1, "Send", 0));
        List<Finding> began = [], ended = [];
        for (int look = 0; look < 20; look++)
            Look(watchdog, began, ended);
        _pool.IsOver = true;
        Look(watchdog, began, ended);
        Assert.Single(ended);
    }

    [Fact]
    public void Look_TooSoonAfterTheLast_IsNone()
    {
        Watchdog watchdog = Make();
        _time.Advance(DiagnosisSamples.Every);
        Assert.NotNull(watchdog.Look());
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Null(watchdog.Look());
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.NotNull(watchdog.Look());
    }

    [Fact]
    public void Findings_ManyThatHaveEnded_KeepsTheNewest()
    {
        FindingBook book = new(3, _time);
        for (int i = 0; i < 10; i++)
        {
            book.Apply([new Symptom(FindingKind.QueueGrows, $"p{i}", null, TimeSpan.Zero, "")]);
            _time.Advance(DiagnosisSamples.Every);
        }

        Assert.Equal(["p9", "p8", "p7", "p6"], book.ToList().Select(finding => finding.Pool));
    }

    [Fact]
    public void Look_TheProcess_IsWatchedToo()
    {
        Watchdog watchdog = Make();
        _runtime.LeakPerLook = 100 * 1024 * 1024;
        _runtime.Reading = _runtime.Reading with { WaitForThread = TimeSpan.FromSeconds(3) };
        List<Finding> began = [], ended = [];
        for (int look = 0; look < 7; look++)
            Look(watchdog, began, ended);
        Assert.Equal([FindingKind.ThreadsStarved, FindingKind.HeapGrows], began.Select(finding => finding.Kind));
        Assert.All(began, finding => Assert.Equal("process", finding.Where));
        Assert.Equal(TimeSpan.FromSeconds(3), watchdog.WaitForThread);
    }

    private Watchdog Make()
    {
        Watchdog watchdog = new(DiagnosisSamples.Settings(), _runtime, _time);
        watchdog.Add(_pool);
        return watchdog;
    }

    private void Look(Watchdog watchdog, List<Finding> began, List<Finding> ended)
    {
        _time.Advance(DiagnosisSamples.Every);
        (IReadOnlyList<Finding> newOnes, IReadOnlyList<Finding> over) = watchdog.Look()!.Value;
        began.AddRange(newOnes);
        ended.AddRange(over);
    }
}
