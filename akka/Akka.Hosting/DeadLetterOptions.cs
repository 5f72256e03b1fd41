using System.Text;

namespace Akka.Hosting;

/// <summary>How many of a kind.</summary>
public enum TriStateValue
{
    None,
    All,
    Some,
}

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
