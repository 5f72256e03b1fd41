using Akka.Actor;
using Dispatcher.Actors.Alerts;

namespace Dispatcher.Actors.Hosting;

/// <summary>Alerts of all levels as events of the actor system.</summary>
internal sealed class EventStreamChannel(ActorSystem system) : IAlertChannel
{
    /// <inheritdoc/>
    public void Send(Alert alert) => system.EventStream.Publish(alert);
}
