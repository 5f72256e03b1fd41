using Akka.Actor;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Hosting;

/// <summary>Alerts of all levels as events of the actor system.</summary>
internal sealed class EventStreamChannel(ActorSystem system) : IAlertChannel
{
    /// <inheritdoc/>
    public string Name => "event_stream";

    /// <inheritdoc/>
    public void Send(Alert alert) => system.EventStream.Announce(alert);
}
