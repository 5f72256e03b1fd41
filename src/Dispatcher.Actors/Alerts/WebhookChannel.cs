using System.Threading.Channels;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Metrics;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Alerts;

/// <summary>
/// Alerts as JSON, posted one after the other. They wait in a bounded queue, so that whoever raises one never waits; what does not fit, and what does not
/// arrive in all its tries, is counted and logged.
/// </summary>
internal sealed class WebhookChannel : IAlertChannel, IDisposable
{
    private readonly WebhookSettings _settings;
    private readonly WebhookSender _sender;
    private readonly ILogger _logger;
    private readonly AlertMeter _meter;
    private readonly TimeProvider _time;
    private readonly Channel<Alert> _queue;
    private readonly CancellationTokenSource _stop;
    private readonly LogThrottle _throttle;
    private readonly Task _loop;
    private volatile bool _isStopped;
    private long _delivered;
    private long _lost;

    /// <summary>Makes the channel, and begins to listen to its queue.</summary>
    /// <param name="settings">The receiver, and how hard to try.</param>
    /// <param name="client">What posts. Its time-out has to be above the settings'.</param>
    /// <param name="logger">Where losses are logged; does not throw.</param>
    /// <param name="meter">Where they are counted.</param>
    /// <param name="time">Where the time comes from.</param>
    public WebhookChannel(WebhookSettings settings, HttpClient client, ILogger logger, AlertMeter meter, TimeProvider time)
    {
        _settings = settings;
        _sender = new WebhookSender(settings, client, time);
        _logger = logger;
        _meter = meter;
        _time = time;
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _throttle = new LogThrottle(time.TimestampFrequency);
        _queue = Channel.CreateBounded<Alert>(new BoundedChannelOptions(settings.Queue) { SingleReader = true });
        _loop = Task.Run(DeliverAllAsync);
    }

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <summary>How many alerts have arrived.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>How many have not, and never will.</summary>
    public long Lost => Volatile.Read(ref _lost);

    /// <inheritdoc/>
    public void Send(Alert alert)
    {
        if (_settings.Levels.Contains(alert.Level) && !_queue.Writer.TryWrite(alert))
            Lose(alert, _isStopped ? "the system stops" : $"{_settings.Queue} others wait already");
    }

    /// <summary>Takes no more, delivers what waits, and gives up on what is left when the time is over.</summary>
    /// <param name="limit">How long at most.</param>
    public async Task StopAsync(TimeSpan limit)
    {
        _isStopped = true;
        _queue.Writer.TryComplete();
        _stop.CancelAfter(limit);
        await _loop.ConfigureAwait(false);
    }

    /// <summary>Lets go of what it holds. After <see cref="StopAsync"/>.</summary>
    public void Dispose() => _stop.Dispose();

    private async Task DeliverAllAsync()
    {
        await foreach (Alert alert in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            string? failure = _stop.IsCancellationRequested ? "the system stops" : await _sender.DeliverAsync(alert, _stop.Token).ConfigureAwait(false);
            if (failure == null)
                Interlocked.Increment(ref _delivered);
            else
                Lose(alert, failure);
        }
    }

    private void Lose(Alert alert, string why)
    {
        long lost = Interlocked.Increment(ref _lost);
        _meter.CountLost(alert.Level, Name);
        if (_throttle.TryTake(_time.GetTimestamp(), out long suppressed))
            _logger.AlertLost(alert.Level, alert.Event, _settings.Url.Host, why, suppressed, lost);
    }
}
