namespace Dispatcher.Actors.Alerts;

/// <summary>What makes two occurrences alike: within a window they are one alert.</summary>
internal readonly record struct AlertKey(AlertEvent Event, AlertLevel Level, string? Pool, string? Subject, string? ErrorClass)
{
    // Beyond the bound, all of an event and a level are alike.
    private const string Other = "_OTHER";

    public AlertKey Folded() => new(Event, Level, null, Other, Other);
}
