namespace Akka.Actor;

/// <summary>An actor that wants timers; the property is set before its constructor's messages can come.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}
