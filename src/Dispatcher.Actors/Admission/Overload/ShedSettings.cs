using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>Shedding by class at the door while a queue stands.</summary>
public sealed record ShedSettings
{
    /// <summary>How many times the served load is let in; over 1, so that the workers never lack tasks. 1.01 to 10.</summary>
    public required double AcceptFactor { get; init; }

    /// <summary>Over 1 sheds more than the excess, under 1 less: the share is raised to 1 / this. 0.1 to 10; 1 is the plain excess.</summary>
    public required double Aggression { get; init; }

    /// <summary>The largest share of a class that is shed; the rest goes through and finds out whether it has become better. 0.1 to 1.</summary>
    public required double MaxShare { get; init; }

    /// <summary>The hint that comes with a refusal. 1 ms to 1 hour.</summary>
    public required TimeSpan RetryAfter { get; init; }

    /// <summary>Reports everything that is out of range.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        check.Number("accept-factor", AcceptFactor, 1.01, 10);
        check.Number("aggression", Aggression, 0.1, 10);
        check.Number("max-share", MaxShare, 0.1, 1);
        check.Duration("retry-after", RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    }
}
