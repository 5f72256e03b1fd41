using Akka.Hosting;
using Dispatcher.Actors.Hosting;

namespace Dispatcher.Host;

/// <summary>What whoever puts a node together may change, each after the node's own part: a new version of a handler, a limit, another clock.</summary>
internal sealed record NodeHooks
{
    /// <summary>Changes services.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Changes the actor system, such as its configuration, before its pool is added.</summary>
    public Action<AkkaConfigurationBuilder>? System { get; init; }

    /// <summary>Changes the pool, such as by <c>RollOut</c> of a new version of a handler.</summary>
    public Action<TaskDispatcherBuilder>? Pool { get; init; }
}
