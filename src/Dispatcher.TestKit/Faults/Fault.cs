using Dispatcher.Actors;

namespace Dispatcher.TestKit;

/// <summary>When a fault happens in a call.</summary>
internal enum FaultPoint
{
    /// <summary>Before the handler is called.</summary>
    Before,

    /// <summary>After the handler has returned.</summary>
    After,
}

/// <summary>A fault.</summary>
/// <param name="Call">The call, from 1.</param>
/// <param name="Every">How many calls later it happens again; 0 for once.</param>
/// <param name="Point">When in the call.</param>
/// <param name="Happen">What happens.</param>
internal sealed record Fault(int Call, int Every, FaultPoint Point, Func<TaskContext, ValueTask> Happen)
{
    /// <summary>Whether it happens in a call.</summary>
    /// <param name="call">The call.</param>
    public bool Hits(int call) => call == Call || (Every > 0 && call > Call && (call - Call) % Every == 0);
}
