namespace Akka.Routing;

/// <summary>A message that a router unwraps on the way to its routees.</summary>
public class RouterEnvelope
{
    public RouterEnvelope(object message) => Message = message;

    public object Message { get; }
}

/// <summary>For all routees.</summary>
public class Broadcast : RouterEnvelope
{
    public Broadcast(object message) : base(message) { }
}

/// <summary>A message for the router itself, handled on its turn.</summary>
public abstract class RouterManagementMessage
{
    protected RouterManagementMessage() { }
}

/// <summary>Asks for <see cref="Routees"/>.</summary>
public sealed class GetRoutees : RouterManagementMessage
{
    public GetRoutees() { }

    public static GetRoutees Instance { get; } = new();
}

/// <summary>The routees at the moment.</summary>
public sealed class Routees
{
    public Routees(IEnumerable<Routee> routees) => Members = routees;

    public IEnumerable<Routee> Members { get; }
}

/// <summary>One more.</summary>
public sealed class AddRoutee : RouterManagementMessage
{
    public AddRoutee(Routee routee) => Routee = routee;

    public Routee Routee { get; }
}

/// <summary>One less; a child of the router is stopped a little later.</summary>
public sealed class RemoveRoutee : RouterManagementMessage
{
    public RemoveRoutee(Routee routee) => Routee = routee;

    public Routee Routee { get; }
}

/// <summary>So many more or, below zero, less; no bounds apply.</summary>
public sealed class AdjustPoolSize : RouterManagementMessage
{
    public AdjustPoolSize(int change) => Change = change;

    public int Change { get; }
}

/// <summary>Time for the resizer.</summary>
public class Resize : RouterManagementMessage
{
    public Resize() { }
}
