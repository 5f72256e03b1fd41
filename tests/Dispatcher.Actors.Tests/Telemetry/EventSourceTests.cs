using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Telemetry;

/// <summary>The event source, as dotnet-counters and dotnet-trace see it.</summary>
public sealed class EventSourceTests : DispatcherTestKit
{
    // A name of its own: the source is the process's, and other tests have pools too.
    private readonly string _name = $"counted-{Guid.NewGuid():N}";

    [Fact]
    public async Task Counters_OfAPool_AreThereWhileSomebodyListens()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1, 1).Handle<Work, string>(Work.HandleAsync), _name).Dispatcher;
        Work running = new("a"), waiting = new("b");
        pool.TrySubmit(running);
        pool.TrySubmit(waiting);
        await running.Started;
        using Listener listener = new(_name);
        string[] names = ["submitted", "started", "completed", "failed", "rejected", "queue-depth", "oldest-age", "workers-busy", "workers-idle"];
        await Pools[0].AwaitAsync(_ => names.All(listener.Values.ContainsKey), TimeSpan.FromSeconds(60));
        Assert.Equal((1, 1), (listener.Values["queue-depth"], listener.Values["workers-busy"]));
        running.Finish();
        waiting.Finish();
    }

    [Fact]
    public void Events_OfFindingsAndAlerts_ReachATrace()
    {
        using Listener listener = new(_name);
        DispatcherEvents.Source.FindingBegan("QueueGrows", _name, "evidence");
        DispatcherEvents.Source.FindingEnded("QueueGrows", _name);
        DispatcherEvents.Source.AlertSent("P1", "Raised", _name);
        Assert.Equal(["FindingBegan", "FindingEnded", "AlertSent"], listener.Events);
    }

    private sealed class Listener : EventListener
    {
        private readonly string _name;

        public Listener(string name)
        {
            _name = name;
            EnableEvents(DispatcherEvents.Source, EventLevel.Informational, EventKeywords.All, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "0.05" });
        }

        public ConcurrentDictionary<string, double> Values { get; } = [];

        public ConcurrentQueue<string?> Events { get; } = [];

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            ArgumentNullException.ThrowIfNull(eventData);
            if (eventData is { EventName: "EventCounters", Payload: [IDictionary<string, object?> counter, ..] })
            {
                if (counter["Metadata"] as string == $"pool:{_name}")
                    Values[(string)counter["Name"]!] = Convert.ToDouble(counter.TryGetValue("Mean", out object? mean) ? mean : counter["Increment"], System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (eventData.Payload?.Contains(_name) == true)
            {
                Events.Enqueue(eventData.EventName);
            }
        }
    }
}
