using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

public sealed partial class BackoffSupervisor
{
    /// <summary>Asks for the child.</summary>
    public sealed class GetCurrentChild
    {
        public static readonly GetCurrentChild Instance = new();
        private GetCurrentChild() { }
    }

    /// <summary>The child; null while there is none.</summary>
    public sealed class CurrentChild(IActorRef? @ref)
    {
        public IActorRef? Ref { get; } = @ref;
    }

    /// <summary>Makes a supervisor with manual reset forget the restarts so far.</summary>
    public new sealed class Reset
    {
        public static readonly Reset Instance = new();
        private Reset() { }
    }

    /// <summary>Asks for the number of restarts since the last reset.</summary>
    public sealed class GetRestartCount
    {
        public static readonly GetRestartCount Instance = new();
        private GetRestartCount() { }
    }

    /// <summary>The number of restarts since the last reset.</summary>
    public sealed class RestartCount(int count)
    {
        public int Count { get; } = count;
    }

    /// <summary>The delay is over.</summary>
    public sealed class StartChild : IDeadLetterSuppression
    {
        public static readonly StartChild Instance = new();
        private StartChild() { }
    }

    /// <summary>The child has lived long enough, if it is still the one of this restart.</summary>
    public sealed class ResetRestartCount(int current) : IDeadLetterSuppression
    {
        public int Current { get; } = current;
    }
}
