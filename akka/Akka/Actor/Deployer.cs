using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Routing;

namespace Akka.Actor;

/// <summary>The deployments of <c>akka.actor.deployment</c> by path below /user; an element may be * (one name) and the last ** (any depth).</summary>
public class Deployer
{
    private readonly Settings _settings;
    private readonly Lock _lock = new();
    private Node? _root;

    public Deployer(Settings settings) => _settings = settings;

    private sealed class Node
    {
        internal readonly Dictionary<string, Node> Children = new(StringComparer.Ordinal);
        internal Deploy? Deploy;

        internal Node At(string element)
        {
            if (!Children.TryGetValue(element, out var child)) Children[element] = child = new Node();
            return child;
        }
    }

    /// <summary>The deployment of an actor below /user, null where there is none.</summary>
    public Deploy? Lookup(ActorPath path)
    {
        if (Root is { Children.Count: 0 }) return null;
        var elements = path.Elements;
        if (elements.Count == 0 || elements[0] is not ("user" or "system")) return null;
        return Find(Root, elements, 1)?.Deploy;
    }

    public Deploy? Lookup(IEnumerable<string> path) => Find(Root, [.. path], 0)?.Deploy;

    public void SetDeploy(Deploy deploy)
    {
        lock (_lock) Add(Root, deploy);
    }

    /// <summary>Read with the first look-up: most systems have no deployments.</summary>
    private Node Root
    {
        get
        {
            if (Volatile.Read(ref _root) is { } known) return known;
            lock (_lock)
            {
                if (_root is not null) return _root;
                var root = new Node();
                var deployment = _settings.Config.GetConfig("akka.actor.deployment");
                if (!deployment.IsNullOrEmpty())
                {
                    var defaults = deployment!.GetConfig("default")!;
                    foreach (var (path, value) in deployment!.Root.GetObject()!.Items)
                        if (path != "default") Add(root, ParseConfig(path, new Config(new HoconRoot(value)), defaults));
                }
                Volatile.Write(ref _root, root);
                return root;
            }
        }
    }

    private static void Add(Node root, Deploy deploy)
    {
        var node = root;
        foreach (var element in deploy.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (element != "*" && element != "**" && ActorPath.IndexOfInvalid(element) is var at and >= 0)
                throw new IllegalActorNameException($"Illegal actor name [{element}] in deployment [{deploy.Path}]: '{element[at]}' is not allowed. Allowed are ASCII letters, digits and {ActorPath.ValidSymbols}.");
            node = node.At(element);
        }
        node.Deploy = deploy;
    }

    private static Node? Find(Node node, IReadOnlyList<string> elements, int index)
    {
        if (index == elements.Count) return node.Deploy is null ? null : node;
        if (node.Children.TryGetValue(elements[index], out var child) && Find(child, elements, index + 1) is { } exact) return exact;
        if (node.Children.TryGetValue("*", out var any) && Find(any, elements, index + 1) is { } wild) return wild;
        return node.Children.TryGetValue("**", out var rest) && rest.Deploy is not null ? rest : null;
    }

    private Deploy ParseConfig(string path, Config config, Config defaults)
    {
        var deployment = config.WithFallback(defaults);
        var router = deployment.GetString("router", "from-code")!;
        return new Deploy(path, deployment, RouterOf(path, router, deployment), Deploy.NoScopeGiven,
            deployment.GetString("dispatcher", "") ?? Deploy.NoDispatcherGiven, deployment.GetString("mailbox", "") ?? Deploy.NoMailboxGiven,
            deployment.GetInt("stash-capacity", Deploy.NoStashSize));
    }

    private RouterConfig RouterOf(string path, string router, Config deployment)
    {
        if (router == "from-code") return RouterConfig.NoRouter;
        var name = _settings.Config.GetString($"akka.actor.router.type-mapping.{router}", "");
        if (string.IsNullOrEmpty(name)) name = router.Contains('.') ? router : throw new ConfigurationException($"Deployment [{path}] asks for router [{router}], which akka.actor.router.type-mapping does not have.");
        var type = Type.GetType(name) ?? throw new ConfigurationException($"Router type [{name}] of deployment [{path}] could not be found.");
        return (RouterConfig)ActorFactory.Create(type, [deployment]);
    }
}

/// <summary>A name in a deployment that no actor could have.</summary>
public class IllegalActorNameException : AkkaException
{
    public IllegalActorNameException(string message) : base(message) { }
}
