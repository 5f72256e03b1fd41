using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Alerts;

/// <summary>
/// Where occurrences become alerts: sorts them, makes like ones one, sends what is left to all channels. Any thread; never blocks, never throws: a channel that does is counted,
/// and the others have the alert all the same.
/// </summary>
internal sealed class AlertHub : IDisposable
{
    private readonly AlertPolicy _policy;
    private readonly AlertBook _book;
    private readonly IReadOnlyList<IAlertChannel> _channels;
    private readonly AlertMeter _meter;
    private readonly ITimer _windows;

    /// <summary>Makes a hub.</summary>
    /// <param name="settings">The alerts' settings.</param>
    /// <param name="channels">Where alerts go.</param>
    /// <param name="meter">Where they are counted.</param>
    /// <param name="time">Where the time comes from.</param>
    public AlertHub(AlertSettings settings, IReadOnlyList<IAlertChannel> channels, AlertMeter meter, TimeProvider time)
    {
        _policy = new AlertPolicy(settings.Rules);
        _book = new AlertBook(settings, time);
        _channels = channels;
        _meter = meter;
        _windows = time.CreateTimer(static state => ((AlertHub)state!).EndWindows(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether some rule cares for an event.</summary>
    /// <param name="event">The event.</param>
    public bool Cares(AlertEvent @event) => _policy.Cares(@event);

    /// <summary>Something has happened.</summary>
    /// <param name="occurrence">What.</param>
    /// <param name="describe">Makes its text and says its trace, if it becomes an alert.</param>
    public void Note(in Occurrence occurrence, Func<(string Text, string? TraceId)> describe)
    {
        if (_policy.Find(occurrence) is not { Level: not null } rule)
            return;
        Alert? alert = _book.Note(occurrence, rule, describe, out TimeSpan? wait);
        if (wait is { } window)
            _windows.Change(window, Timeout.InfiniteTimeSpan);
        if (alert != null)
            Send(alert);
    }

    /// <summary>The cause of something has ended.</summary>
    /// <param name="occurrence">What had happened.</param>
    /// <param name="text">What there is to say.</param>
    public void End(in Occurrence occurrence, string text)
    {
        if (_policy.Find(occurrence) is { Level: not null } rule && _book.End(occurrence, rule, text) is { } alert)
            Send(alert);
    }

    /// <inheritdoc/>
    public void Dispose() => _windows.Dispose();

    // Race: the last window ends here, and the first of the next one begins there. It sets the timer after this has run, or finds it set; here it is
    // set only where a window is left.
    private void EndWindows()
    {
        List<Alert> due = [];
        if (_book.EndWindows(due) is { } wait)
            _windows.Change(wait, Timeout.InfiniteTimeSpan);
        foreach (Alert alert in due)
            Send(alert);
    }

    private void Send(Alert alert)
    {
        _meter.CountSent(alert.Level, alert.State);
        DispatcherEvents.Source.AlertSent(alert.Level.ToString(), alert.State.ToString(), alert.Text);
        foreach (IAlertChannel channel in _channels)
        {
            try
            {
                channel.Send(alert);
            }
            catch (Exception)
            {
                _meter.CountLost(alert.Level, channel.Name);
            }
        }
    }
}
