using System.Diagnostics.Metrics;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Telemetry.Metrics;
using Dispatcher.Actors.Tests.Telemetry;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Tests.Alerts;

public sealed class AlertHubTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<Alert> _sent = [];

    [Fact]
    public void Note_Repeated_IsSentAtOnceAndWhenItsWindowEnds()
    {
        using AlertHub hub = Hub();
        for (int i = 0; i < 3; i++)
            hub.Note(new Occurrence(AlertEvent.Failed, "p", "T", "E"), static () => ("text", "trace"));
        Alert raised = Assert.Single(_sent);
        Assert.Equal((AlertState.Raised, AlertLevel.P2, "failures", "trace"), (raised.State, raised.Level, raised.Rule, raised.TraceId));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((AlertState.Repeated, 3L), (_sent[1].State, _sent[1].Count));
        // A quiet window closes it, and no timer is left.
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(2, _sent.Count);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public void Note_WhatNoRuleGivesALevel_IsNotDescribed()
    {
        using AlertHub hub = Hub("rules.quiet { on = [failed], tasks = [T], level = none }");
        hub.Note(new Occurrence(AlertEvent.Failed, "p", "T", "E"), static () => throw new InvalidOperationException());
        Assert.Empty(_sent);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public void End_AfterTheRaise_IsSent()
    {
        using AlertHub hub = Hub();
        Occurrence breaker = new(AlertEvent.BreakerOpen, "p", "T");
        hub.Note(breaker, static () => ("open", null));
        hub.End(breaker, "closed");
        hub.End(breaker, "closed");
        Assert.Equal([AlertState.Raised, AlertState.Ended], _sent.Select(alert => alert.State));
    }

    [Fact]
    public void Note_ChannelThrows_IsCountedAndTheOthersHaveTheAlert()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        using Readings readings = new(factory);
        using AlertHub hub = new(AlertSamples.Settings(), [new Broken(), new Recorder(_sent)], DispatcherMeter.Of(factory).Alerts, _time);
        for (int i = 0; i < 2; i++)
            hub.Note(new Occurrence(AlertEvent.Failed, "p", "T", "E"), static () => ("text", null));
        // The end of a window is a timer's turn: what came out of it would end the process.
        _time.Advance(TimeSpan.FromMinutes(5));
        hub.Note(new Occurrence(AlertEvent.BreakerOpen, "p", "T"), static () => ("open", null));
        hub.End(new Occurrence(AlertEvent.BreakerOpen, "p", "T"), "closed");
        Assert.Equal([AlertState.Raised, AlertState.Repeated, AlertState.Raised, AlertState.Ended], _sent.Select(alert => alert.State));
        Assert.Equal([1, 1, 1, 1], readings.Recorded("dispatcher.alert.lost", "channel=broken"));
        Assert.Equal(4, readings.Recorded("dispatcher.alert.sent").Length);
    }

    private AlertHub Hub(string hocon = "") => new(AlertSamples.Settings(hocon), [new Recorder(_sent)], DispatcherMeter.Of(null).Alerts, _time);

    private sealed class Broken : IAlertChannel
    {
        public string Name => "broken";

        public void Send(Alert alert) => throw new IOException();
    }

    private sealed class Recorder(List<Alert> sent) : IAlertChannel
    {
        public string Name => "recorder";

        public void Send(Alert alert) => sent.Add(alert);
    }
}
