using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>Controlled delay: when a queue is no longer a buffer but a standing delay.</summary>
public sealed record CoDelSettings
{
    /// <summary>How long waits are watched before they say something. 1 ms to 1 minute; 100 ms is usual.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>The shortest wait of an interval may be this long. 100 us to less than the interval; 5 ms is usual.</summary>
    public required TimeSpan Target { get; init; }

    /// <summary>Reports everything that is out of range or contradicts itself.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        check.Duration("interval", Interval, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        check.Duration("target", Target, TimeSpan.FromMicroseconds(100), TimeSpan.FromMinutes(1));
        if (Target >= Interval && Target <= TimeSpan.FromMinutes(1))
            check.Fail("target", Durations.Print(Target), $"expected less than interval ({Durations.Print(Interval)})");
    }
}
