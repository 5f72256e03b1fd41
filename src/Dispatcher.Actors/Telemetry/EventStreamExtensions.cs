using Akka.Event;

namespace Dispatcher.Actors.Telemetry;

/// <summary>Events for whoever subscribes to them.</summary>
internal static class EventStreamExtensions
{
    /// <summary>Publishes an event; a subscriber that cannot take it is counted, and whoever tells goes on.</summary>
    /// <param name="stream">The actor system's stream.</param>
    /// <param name="event">The event.</param>
    public static void Announce(this EventStream stream, object @event)
    {
        try
        {
            stream.Publish(@event);
        }
        catch (Exception)
        {
            TelemetryFaults.OfProcess.Count(TelemetrySink.EventStream);
        }
    }
}
