using System.Globalization;

namespace Dispatcher.Actors;

/// <summary>A type of task was found to be of another kind than before, and its new tasks go to another class of workers. Published on the actor system's event stream.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="At">When, by the wall clock.</param>
/// <param name="TaskType">The type of task.</param>
/// <param name="From">What it was taken for.</param>
/// <param name="To">What it is.</param>
/// <param name="Class">Where its tasks go, except urgent ones that compute: those go to the cpu class.</param>
/// <param name="Reason">Why, in figures, for an operator.</param>
public sealed record ClassDecided(string Pool, DateTimeOffset At, string TaskType, TaskTrait From, TaskTrait To, WorkerClass Class, string Reason)
{
    /// <summary>The decision in one line, such as <c>12:30:05 pool pages: Render is ComputesLong, was Hybrid, runs on Long: waits 1 %, busy 49.2 ms a run, 24 runs</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At:HH:mm:ss} pool {Pool}: {TaskType} is {To}, was {From}, runs on {Class}: {Reason}");
}
