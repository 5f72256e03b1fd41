namespace Akka.Pattern;

/// <summary>When a back-off supervisor forgets the restarts so far.</summary>
public interface IBackoffReset;

/// <summary>When the child's parent is sent a <see cref="BackoffSupervisor.Reset"/>.</summary>
internal sealed class ManualReset : IBackoffReset;

/// <summary>When the child has lived so long.</summary>
internal sealed class AutoReset(TimeSpan resetBackoff) : IBackoffReset
{
    internal TimeSpan ResetBackoff => resetBackoff;
}
