using Akka.Configuration;

namespace Akka.Actor;

/// <summary>A step of the shutdown, as configured.</summary>
internal sealed record Phase(IList<string> DependsOn, TimeSpan Timeout, bool Recover);

/// <summary>Reads the phases and puts them into an order that respects what depends on what.</summary>
internal static class CoordinatedShutdownPhases
{
    internal static Dictionary<string, Phase> Read(Config coordinatedShutdown)
    {
        var defaultTimeout = coordinatedShutdown.GetTimeSpan("default-phase-timeout");
        var phases = new Dictionary<string, Phase>();
        if (coordinatedShutdown.GetConfig("phases") is not { } configured) return phases;
        foreach (var (name, phase) in configured.AsEnumerable())
        {
            phases[name] = new Phase(
                phase.GetChildObject("depends-on")?.GetStringList() ?? [],
                phase.GetChildObject("timeout")?.GetTimeSpan(allowInfinite: false) ?? defaultTimeout,
                phase.GetChildObject("recover")?.GetBoolean() ?? true);
        }
        return phases;
    }

    /// <summary>Depth first, each phase after all that it depends on.</summary>
    /// <exception cref="ArgumentException">Phases depend on each other in a circle.</exception>
    internal static List<string> Order(Dictionary<string, Phase> phases)
    {
        var order = new List<string>(phases.Count);
        var path = new List<string>();
        foreach (var name in phases.Keys) Visit(name);
        return order;

        void Visit(string name)
        {
            if (path.Contains(name))
                throw new ArgumentException($"Cycle detected in the phases of akka.coordinated-shutdown: [{string.Join(" -> ", path)} -> {name}]. A phase must not depend on itself.");
            if (order.Contains(name)) return;
            path.Add(name);
            if (phases.TryGetValue(name, out var phase))
                foreach (var before in phase.DependsOn) Visit(before);
            path.RemoveAt(path.Count - 1);
            order.Add(name);
        }
    }
}
