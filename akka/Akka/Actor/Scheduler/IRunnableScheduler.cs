using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Runs <see cref="IRunnable"/>s later. Delays are zero or more, intervals more than zero.</summary>
public interface IRunnableScheduler
{
    void ScheduleOnce(TimeSpan delay, IRunnable action);
    void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable);
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action);
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable);
}
