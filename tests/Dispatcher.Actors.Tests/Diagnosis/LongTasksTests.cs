using Dispatcher.Actors.Diagnosis;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Diagnosis;

public sealed class LongTasksTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeWatchedPool _pool = new();

    [Fact]
    public void Look_NothingKnownOfTheType_NamesATaskOverTheLimitWithItsWorker()
    {
        LongTasks tasks = Watch();
        _pool.Running.Add(new RunningTask(7, 7, "Send", 3));
        Look(tasks);
        for (int look = 1; look < 12; look++)
            Assert.Empty(Look(tasks));
        Symptom symptom = Assert.Single(Look(tasks));
        Assert.Equal((FindingKind.TaskNeverEnds, "mail", "Send", TimeSpan.FromSeconds(60)), (symptom.Kind, symptom.Pool, symptom.TaskType, symptom.For));
        Assert.Equal($"1 task(s) over 60 s, the oldest is {new TaskId(7)} in worker 3 for 60 s or longer; too few have ended to know how long they take", symptom.Evidence);
        _pool.Running.Clear();
        Assert.Empty(Look(tasks));
    }

    [Fact]
    public void Look_TypeThatIsKnown_NamesWhatRunsTenTimesTheP99()
    {
        LongTasks tasks = Watch();
        _pool.RunTimes["Send"] = new RunTimes(100, TimeSpan.FromSeconds(2));
        _pool.RunTimes["Report"] = new RunTimes(100, TimeSpan.FromMinutes(10));
        _pool.Running.AddRange([new RunningTask(1, 1, "Send", 0), new RunningTask(2, 2, "Send", 1), new RunningTask(3, 3, "Report", 2)]);
        for (int look = 0; look < 4; look++)
            Assert.Empty(Look(tasks));
        Symptom symptom = Assert.Single(Look(tasks));
        Assert.Equal(("Send", TimeSpan.FromSeconds(20)), (symptom.TaskType, symptom.For));
        Assert.StartsWith("2 task(s) over 20 s", symptom.Evidence, StringComparison.Ordinal);
        Assert.EndsWith("99 of 100 of the 100 before took at most 2 s", symptom.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_FastTypes_HaveALeastLimit()
    {
        LongTasks tasks = Watch();
        _pool.RunTimes["Send"] = new RunTimes(100, TimeSpan.FromMilliseconds(1));
        _pool.Running.Add(new RunningTask(1, 1, "Send", 0));
        Assert.Empty(Look(tasks));
        Assert.Empty(Look(tasks));
        Assert.Equal(TimeSpan.FromSeconds(10), Assert.Single(Look(tasks)).For);
    }

    [Fact]
    public void Look_OtherTasksEachTime_AreNeverLong()
    {
        LongTasks tasks = Watch();
        for (int look = 0; look < 100; look++)
        {
            _pool.Running.Clear();
            _pool.Running.Add(new RunningTask(look + 1, look + 1, "Send", 0));
            Assert.Empty(Look(tasks));
        }
    }

    [Fact]
    public void Look_RunsOfOneTask_AreTimedEachForItself()
    {
        LongTasks tasks = Watch();
        for (int run = 0; run < 100; run++)
        {
            _pool.Running.Clear();
            _pool.Running.Add(new RunningTask(run, 7, "Send", 0));
            Assert.Empty(Look(tasks));
        }
    }

    [Fact]
    public void Look_MoreTasksThanAreWatched_KeepsThoseItKnowsAndTakesNewOnesAsTheyEnd()
    {
        LongTasks tasks = Watch("tasks.watched = 2");
        RunningTask stuck = new(1, 1, "Send", 0), later = new(9, 9, "Read", 1);
        _pool.Running.AddRange([stuck, new RunningTask(2, 2, "Send", 1)]);
        Look(tasks);
        _pool.Running.Clear();
        // The stuck one is seen last, and keeps its place; of the others one gets one.
        _pool.Running.AddRange([later, new RunningTask(10, 10, "Read", 2), new RunningTask(11, 11, "Read", 3), stuck]);
        for (int look = 0; look < 11; look++)
            Assert.Empty(Look(tasks));
        Assert.Equal("Send", Assert.Single(Look(tasks)).TaskType);
        Symptom[] both = [.. Look(tasks)];
        Assert.Equal(2, both.Length);
        Assert.All(both, symptom => Assert.StartsWith("1 task(s)", symptom.Evidence, StringComparison.Ordinal));
    }

    private LongTasks Watch(string hocon = "") => new(DiagnosisSamples.Settings(hocon), _pool, _time);

    private List<Symptom> Look(LongTasks tasks)
    {
        List<Symptom> symptoms = [];
        tasks.Look(symptoms);
        _time.Advance(DiagnosisSamples.Every);
        return symptoms;
    }
}
