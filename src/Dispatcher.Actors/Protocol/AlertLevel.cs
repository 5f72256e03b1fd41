namespace Dispatcher.Actors;

/// <summary>How urgent an alert is. How soon somebody should respond to each: <c>alerts.respond</c>.</summary>
public enum AlertLevel : byte
{
    /// <summary>The service fails its users now.</summary>
    P0,

    /// <summary>Part of it does, or all of it soon will.</summary>
    P1,

    /// <summary>Something to look at.</summary>
    P2,
}
