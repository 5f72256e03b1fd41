using System.Text;

namespace Akka.Hosting;

/// <summary>How many of a kind.</summary>
public enum TriStateValue { None, All, Some }

/// <summary>How dead letters are logged.</summary>
public class DeadLetterOptions
{
    /// <summary>All, none, or the first <see cref="LogCount"/>.</summary>
    public TriStateValue ShouldLog { get; set; } = TriStateValue.Some;
    public int LogCount { get; set; } = 10;

    /// <summary>Whether they are logged while the system shuts down.</summary>
    public bool? LogDuringShutdown { get; set; }

    /// <summary>How long logging pauses after <see cref="LogCount"/> dead letters. Zero or less: for ever.</summary>
    public TimeSpan? LogSuspendDuration { get; set; }

    /// <summary>The options as HOCON.</summary>
    public override string ToString()
    {
        var count = ShouldLog switch { TriStateValue.All => "on", TriStateValue.None => "off", _ => LogCount.ToHocon() };
        var hocon = new StringBuilder("akka.log-dead-letters = ").Append(count).Append('\n');
        if (LogDuringShutdown is { } during)
            hocon.Append("akka.log-dead-letters-during-shutdown = ").Append(during.ToHocon()).Append('\n');
        if (LogSuspendDuration is { } suspend)
            hocon.Append("akka.log-dead-letters-suspend-duration = ").Append(suspend.ToHocon(allowInfinite: true, zeroIsInfinite: true)).Append('\n');
        return hocon.ToString();
    }
}

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
