using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Tests.Diagnosis;

/// <summary>A pool that is what a test says.</summary>
internal sealed class FakeWatchedPool : IWatchedPool
{
    public string Label { get; init; } = "mail";

    public bool IsOver { get; set; }

    public QueueReading Queue { get; set; }

    public List<RunningTask> Running { get; } = [];

    public List<RunningTask> Stuck { get; } = [];

    public Dictionary<string, RunTimes> RunTimes { get; } = [];

    public bool AnyStuck => Stuck.Count > 0;

    public QueueReading ReadQueue() => Queue;

    public void ForEachRunning(Action<RunningTask> visit) => Running.ForEach(visit);

    public void ForEachStuck(Action<RunningTask> visit) => Stuck.ForEach(visit);

    public RunTimes RunTimesOf(string taskType) => RunTimes.GetValueOrDefault(taskType);
}
