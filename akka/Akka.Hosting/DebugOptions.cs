using System.Text;

namespace Akka.Hosting;

/// <summary>What is logged on debug level. What is not set stays as configured.</summary>
public class DebugOptions
{
    public bool? Receive { get; set; }
    public bool? AutoReceive { get; set; }
    public bool? LifeCycle { get; set; }
    public bool? FiniteStateMachine { get; set; }
    public bool? EventStream { get; set; }
    public bool? Unhandled { get; set; }
    public bool? RouterMisconfiguration { get; set; }

    /// <summary>The options as HOCON, empty where none is set.</summary>
    public override string ToString()
    {
        var hocon = new StringBuilder();
        Append(hocon, "receive", Receive);
        Append(hocon, "autoreceive", AutoReceive);
        Append(hocon, "lifecycle", LifeCycle);
        Append(hocon, "fsm", FiniteStateMachine);
        Append(hocon, "event-stream", EventStream);
        Append(hocon, "unhandled", Unhandled);
        Append(hocon, "router-misconfiguration", RouterMisconfiguration);
        return hocon.ToString();
    }

    private static void Append(StringBuilder hocon, string key, bool? value)
    {
        if (value is { } set) hocon.Append("akka.actor.debug.").Append(key).Append(" = ").Append(set.ToHocon()).Append('\n');
    }
}
