using Akka.Configuration;

namespace Akka.Routing;

/// <summary>Changes the size of a pool by its load. Asked on the senders' threads whether it is time, and then on the router's turn by how much.</summary>
public abstract class Resizer
{
    protected Resizer() { }

    /// <summary>The resizer of a deployment's <c>resizer</c> section, null where it is not enabled.</summary>
    public static Resizer? FromConfig(Config parentConfig)
    {
        var config = parentConfig.GetConfig("resizer");
        return config is not null && config.GetBoolean("enabled") ? DefaultResizer.FromConfig(config) : null;
    }

    public abstract bool IsTimeForResize(long messageCounter);

    /// <summary>How many more routees, or less below zero.</summary>
    public abstract int Resize(IEnumerable<Routee> currentRoutees);
}
