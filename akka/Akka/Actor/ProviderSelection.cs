namespace Akka.Actor;

/// <summary>Which kind of actor references a system has.</summary>
public abstract class ProviderSelection
{
    private ProviderSelection(string identifier, string fqn, bool hasCluster)
    {
        Identifier = identifier;
        Fqn = fqn;
        HasCluster = hasCluster;
    }

    /// <summary>The value of <c>akka.actor.provider</c> that selects the same.</summary>
    internal string Identifier { get; }

    /// <summary>The assembly-qualified name of the provider's type.</summary>
    internal string Fqn { get; }

    internal bool HasCluster { get; }

    internal static ProviderSelection GetProvider(string providerClass) => providerClass switch
    {
        "local" => Local.Instance,
        "remote" => Remote.Instance,
        "cluster" => Cluster.Instance,
        _ => new Custom(providerClass),
    };

    public sealed class Local : ProviderSelection
    {
        public static readonly Local Instance = new();
        private Local() : base("local", "Akka.Actor.LocalActorRefProvider, Akka", hasCluster: false) { }
    }

    public sealed class Remote : ProviderSelection
    {
        public static readonly Remote Instance = new();
        private Remote() : base("remote", "Akka.Remote.RemoteActorRefProvider, Akka.Remote", hasCluster: false) { }
    }

    public sealed class Cluster : ProviderSelection
    {
        public static readonly Cluster Instance = new();
        private Cluster() : base("cluster", "Akka.Cluster.ClusterActorRefProvider, Akka.Cluster", hasCluster: true) { }
    }

    public sealed class Custom(string fqn, string? identifier = null, bool hasCluster = false)
        : ProviderSelection(identifier ?? "custom", fqn, hasCluster);
}
