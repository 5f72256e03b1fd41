namespace Akka.Actor;

public sealed partial class CoordinatedShutdown
{
    /// <summary>Why a system shuts down; derive from it for reasons of your own.</summary>
    public class Reason
    {
        protected Reason() { }
    }

    /// <summary>Nobody said why.</summary>
    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();
        private UnknownReason() { }
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();
        private ActorSystemTerminateReason() { }
    }

    /// <summary>The process exits.</summary>
    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();
        private ClrExitReason() { }
    }

    /// <summary>The cluster downed this node.</summary>
    public class ClusterDowningReason : Reason
    {
        public static readonly Reason Instance = new ClusterDowningReason();
        private ClusterDowningReason() { }
    }

    /// <summary>This node leaves the cluster.</summary>
    public class ClusterLeavingReason : Reason
    {
        public static readonly Reason Instance = new ClusterLeavingReason();
        private ClusterLeavingReason() { }
    }

    /// <summary>This node could not join the cluster.</summary>
    public class ClusterJoinUnsuccessfulReason : Reason
    {
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();
        private ClusterJoinUnsuccessfulReason() { }
    }
}
