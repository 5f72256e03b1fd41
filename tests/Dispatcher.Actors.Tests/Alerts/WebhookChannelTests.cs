using System.Net.Sockets;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Metrics;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Alerts;

/// <summary>The webhook against a real receiver on the loopback: the answers are real, the waits between tries virtual.</summary>
public sealed class WebhookChannelTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly LogLines _log = new();
    private WebhookReceiver _receiver = null!;
    private WebhookChannel? _channel;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync()
    {
        if (_channel != null)
            await _channel.StopAsync(TimeSpan.Zero);
        await _receiver.DisposeAsync();
    }

    public void Dispose()
    {
        _channel?.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Send_AnAlert_ArrivesAsJson()
    {
        WebhookChannel channel = Start();
        channel.Send(AlertSamples.Alert() with { TraceId = "0af7651916cd43dd8448eb211c80319c" });
        await UntilAsync(() => channel.Delivered == 1);
        Assert.Equal(
            """{"state":"Raised","level":"P1","event":"Failed","rule":"failures","pool":"mail","subject":"Send","errorClass":"IOException","text":"text","traceId":"0af7651916cd43dd8448eb211c80319c","count":1,"firstAt":"2025-01-01T00:00:00+00:00","lastAt":"2025-01-01T00:00:00+00:00","respondBy":"2025-01-01T00:15:00+00:00"}""",
            _receiver.Bodies.Single().GetRawText());
    }

    [Fact]
    public async Task Send_ALevelThatDoesNotGoThere_IsNotSent()
    {
        WebhookChannel channel = Start();
        channel.Send(AlertSamples.Alert(AlertLevel.P2));
        channel.Send(AlertSamples.Alert(AlertLevel.P0));
        await UntilAsync(() => channel.Delivered == 1);
        Assert.Equal("P0", _receiver.Bodies.Single().GetProperty("level").GetString());
    }

    [Fact]
    public async Task Send_ReceiverIsDownForAWhile_IsTriedAgainWithGrowingWaits()
    {
        _receiver.Answer = static (number, response) =>
        {
            response.StatusCode = number < 4 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.CompletedTask;
        };
        WebhookChannel channel = Start();
        channel.Send(AlertSamples.Alert());
        for (int seconds = 1; seconds <= 4; seconds *= 2)
        {
            await UntilAsync(() => _time.PendingTimers == 1 && _time.NextTimer is { } wait && wait >= TimeSpan.FromSeconds(seconds / 2.0) && wait <= TimeSpan.FromSeconds(seconds));
            _time.Advance(TimeSpan.FromSeconds(seconds));
        }

        await UntilAsync(() => channel.Delivered == 1);
        Assert.Equal((4, 0), (_receiver.Posts, channel.Lost));
    }

    [Fact]
    public async Task Send_ReceiverNeverTakesIt_IsLostCountedAndLoggedWithoutTheSecret()
    {
        _receiver.Answer = static (_, response) =>
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };
        WebhookChannel channel = Start("attempts = 3");
        channel.Send(AlertSamples.Alert());
        for (int i = 0; i < 2; i++)
        {
            await UntilAsync(() => _time.NextTimer is { } wait && wait <= TimeSpan.FromSeconds(2));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await UntilAsync(() => _log.Lines.Count == 1);
        Assert.Equal((3, 1), (_receiver.Posts, channel.Lost));
        string line = Assert.Single(_log.Lines);
        Assert.Equal("Alert P1 Failed did not reach the webhook at 127.0.0.1: it said 500, in attempt 3; 0 more like it were not logged, 1 lost so far", line);
    }

    [Fact]
    public async Task Send_ReceiverRefusesIt_IsNotTriedAgain()
    {
        _receiver.Answer = static (number, response) =>
        {
            response.StatusCode = number == 1 ? StatusCodes.Status404NotFound : StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };
        WebhookChannel channel = Start();
        channel.Send(AlertSamples.Alert(text: "first"));
        channel.Send(AlertSamples.Alert(text: "second"));
        await UntilAsync(() => channel.Delivered == 1);
        Assert.Equal((2, 1), (_receiver.Posts, channel.Lost));
    }

    [Fact]
    public async Task Send_LoggerThrowsAtALoss_TheNextOneArrivesAllTheSame()
    {
        _receiver.Answer = static (number, response) =>
        {
            response.StatusCode = number == 1 ? StatusCodes.Status404NotFound : StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        };
        TelemetryFaults faults = new();
        using ThrowingLogger logger = new();
        long before = faults.Of(TelemetrySink.Log);
        WebhookChannel channel = Start(logger: GuardedLogger.Around(logger, faults));
        channel.Send(AlertSamples.Alert(text: "first"));
        channel.Send(AlertSamples.Alert(text: "second"));
        await UntilAsync(() => channel.Delivered == 1);
        Assert.Equal((1, 1L), (channel.Lost, faults.Of(TelemetrySink.Log) - before));
        await channel.StopAsync(s_patience).WaitAsync(s_patience);
    }

    [Fact]
    public async Task Send_ReceiverDoesNotAnswer_IsGivenUpInTime()
    {
        TaskCompletionSource<bool> never = new();
        _receiver.Answer = (_, _) => never.Task;
        WebhookChannel channel = Start("attempts = 1");
        channel.Send(AlertSamples.Alert());
        await UntilAsync(() => _receiver.Posts == 1);
        _time.Advance(TimeSpan.FromSeconds(5));
        await UntilAsync(() => _log.Lines.Count == 1);
        Assert.Contains("no answer within 5 s", Assert.Single(_log.Lines), StringComparison.Ordinal);
        never.SetResult(true);
    }

    [Fact]
    public async Task Send_NobodyListens_IsLostAndTheNextOnesAreSent()
    {
        using TcpListener port = new(System.Net.IPAddress.Loopback, 0);
        port.Start();
        Uri closed = new($"http://{port.LocalEndpoint}/");
        port.Stop();
        WebhookChannel channel = Start("attempts = 1", closed);
        channel.Send(AlertSamples.Alert());
        channel.Send(AlertSamples.Alert());
        await UntilAsync(() => _log.Lines.Count == 2);
        Assert.Contains("ConnectionError", _log.Lines.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_MoreThanTheQueueHolds_IsLostAtOnceAndNeverWaits()
    {
        TaskCompletionSource<bool> later = new();
        _receiver.Answer = (_, _) => later.Task;
        WebhookChannel channel = Start("queue = 2");
        channel.Send(AlertSamples.Alert());
        await UntilAsync(() => _receiver.Posts == 1);
        for (int i = 0; i < 100; i++)
            channel.Send(AlertSamples.Alert());
        Assert.Equal(98, channel.Lost);
        // A storm of losses does not flood the log.
        Assert.Equal(10, _log.Lines.Count);
        later.SetResult(true);
        await UntilAsync(() => channel.Delivered == 3);
    }

    [Fact]
    public async Task Stop_WhatWaits_IsDeliveredFirst()
    {
        WebhookChannel channel = Start();
        for (int i = 0; i < 20; i++)
            channel.Send(AlertSamples.Alert());
        await channel.StopAsync(s_patience).WaitAsync(s_patience);
        Assert.Equal((20, 0), (channel.Delivered, channel.Lost));
        channel.Send(AlertSamples.Alert());
        Assert.Equal(1, channel.Lost);
    }

    [Fact]
    public async Task Stop_ReceiverDoesNotAnswer_EndsInTimeAndCountsTheRest()
    {
        TaskCompletionSource<bool> never = new();
        _receiver.Answer = (_, _) => never.Task;
        WebhookChannel channel = Start("timeout = 1m");
        for (int i = 0; i < 3; i++)
            channel.Send(AlertSamples.Alert());
        await UntilAsync(() => _receiver.Posts == 1);
        Task stop = channel.StopAsync(TimeSpan.FromSeconds(4));
        _time.Advance(TimeSpan.FromSeconds(4));
        await stop.WaitAsync(s_patience);
        Assert.Equal((0, 3), (channel.Delivered, channel.Lost));
        never.SetResult(true);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < s_patience, "It did not come to that.");
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private WebhookChannel Start(string hocon = "", Uri? url = null, ILogger? logger = null) => _channel = new WebhookChannel(
        AlertSamples.Settings($"webhook {{ url = \"{url ?? _receiver.Url}\", {hocon} }}").Webhook!, WebhookClient.Make(), logger ?? _log, DispatcherMeter.Of(null).Alerts, _time);
}
