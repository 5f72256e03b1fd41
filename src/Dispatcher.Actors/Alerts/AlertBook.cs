namespace Dispatcher.Actors.Alerts;

/// <summary>
/// The alerts that are open: makes like occurrences within a window one alert with a count. The first one is an alert at once; when its window ends, those that
/// came since are one more, and the next window begins; a window without any closes it. Any thread; what it returns is for the caller to send.
/// </summary>
internal sealed class AlertBook
{
    private readonly AlertSettings _settings;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<AlertKey, Entry> _open = [];

    // In the order in which their windows end, since all windows are of one length.
    private readonly Queue<Entry> _ends = new();

    /// <summary>Makes an empty book.</summary>
    /// <param name="settings">The window, the bound, the times to respond.</param>
    /// <param name="time">Where the time comes from.</param>
    public AlertBook(AlertSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
    }

    /// <summary>How many alerts are open.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>Notes an occurrence.</summary>
    /// <param name="occurrence">What has happened.</param>
    /// <param name="rule">The rule that gives it its level.</param>
    /// <param name="describe">Makes its text; called only for the first one of a window.</param>
    /// <param name="wait">With the first of all open ones: how long until <see cref="EndWindows"/> has to be called; else null.</param>
    /// <returns>The alert to send; null where one is open already.</returns>
    public Alert? Note(in Occurrence occurrence, AlertRule rule, Func<(string Text, string? TraceId)> describe, out TimeSpan? wait)
    {
        wait = null;
        AlertLevel level = rule.Level!.Value;
        AlertKey key = new(occurrence.Event, level, occurrence.Pool, occurrence.Subject, occurrence.ErrorClass);
        lock (_gate)
        {
            if (_open.Count >= _settings.MaxOpen && !_open.ContainsKey(key))
                key = key.Folded();
            if (_open.TryGetValue(key, out Entry? entry))
            {
                entry.Count++;
                entry.LastAt = _time.GetUtcNow();
                return null;
            }

            Alert alert = Make(key, rule, describe());
            entry = new Entry(key, alert, _time.GetTimestamp());
            _open.Add(key, entry);
            _ends.Enqueue(entry);
            wait = _ends.Count == 1 ? _settings.Window : null;
            return alert;
        }
    }

    /// <summary>The cause of an alert has ended: it is closed, whatever is left of its window.</summary>
    /// <param name="occurrence">What had happened.</param>
    /// <param name="rule">The rule that gave it its level.</param>
    /// <param name="text">What there is to say at its end.</param>
    /// <returns>The alert to send; null where none was open.</returns>
    public Alert? End(in Occurrence occurrence, AlertRule rule, string text)
    {
        AlertKey key = new(occurrence.Event, rule.Level!.Value, occurrence.Pool, occurrence.Subject, occurrence.ErrorClass);
        lock (_gate)
        {
            if (!_open.Remove(key, out Entry? entry))
                return null;
            entry.IsClosed = true;
            return entry.Alert with { State = AlertState.Ended, Text = text, LastAt = _time.GetUtcNow(), Count = Math.Max(1, entry.Count) };
        }
    }

    /// <summary>Ends the windows whose time is over.</summary>
    /// <param name="due">Where the alerts to send go.</param>
    /// <returns>How long until it has to be called again; null where nothing is open.</returns>
    public TimeSpan? EndWindows(ICollection<Alert> due)
    {
        lock (_gate)
        {
            long now = _time.GetTimestamp();
            while (_ends.TryPeek(out Entry? entry))
            {
                TimeSpan left = _settings.Window - _time.GetElapsedTime(entry.Since, now);
                if (entry.IsClosed)
                    _ends.Dequeue();
                else if (left > TimeSpan.Zero)
                    return left;
                else
                    EndWindow(_ends.Dequeue(), now, due);
            }

            return null;
        }
    }

    private void EndWindow(Entry entry, long now, ICollection<Alert> due)
    {
        // The first one was sent when it came; one that lasts has said all there is to say.
        bool isRepeated = entry.Count > (entry.IsFirst ? 1 : 0);
        if (!isRepeated && !entry.Lasts)
        {
            _open.Remove(entry.Key);
            return;
        }

        if (isRepeated)
            due.Add(entry.Alert with { State = AlertState.Repeated, Count = entry.Count, LastAt = entry.LastAt });
        entry.IsFirst = false;
        entry.Count = 0;
        entry.Since = now;
        _ends.Enqueue(entry);
    }

    private Alert Make(AlertKey key, AlertRule rule, (string Text, string? TraceId) description)
    {
        DateTimeOffset now = _time.GetUtcNow();
        return new Alert
        {
            State = AlertState.Raised,
            Level = key.Level,
            Event = key.Event,
            Rule = rule.Name,
            Pool = key.Pool,
            Subject = key.Subject,
            ErrorClass = key.ErrorClass,
            Text = description.Text,
            TraceId = description.TraceId,
            Count = 1,
            FirstAt = now,
            LastAt = now,
            RespondBy = now + _settings.RespondWithin[(int)key.Level],
        };
    }

    private sealed class Entry(AlertKey key, Alert alert, long since)
    {
        public AlertKey Key { get; } = key;

        public Alert Alert { get; } = alert;

        // What lasts is ended by its cause, and never by a quiet window.
        public bool Lasts { get; } = key.Event is not (AlertEvent.Failed or AlertEvent.Abandoned or AlertEvent.PoolGaveUp);

        public bool IsFirst { get; set; } = true;

        public bool IsClosed { get; set; }

        public long Count { get; set; } = 1;

        public long Since { get; set; } = since;

        public DateTimeOffset LastAt { get; set; } = alert.FirstAt;
    }
}
