namespace Dispatcher.Actors.Contracts;

/// <summary>Triggers of fallbacks as settings.</summary>
internal static class FallbackTriggersExtensions
{
    private const FallbackTriggers All = FallbackTriggers.BreakerOpen | FallbackTriggers.Failed | FallbackTriggers.Overload;

    /// <summary>Whether one is among them, as its setting has it; a text that no setting takes where they are none.</summary>
    /// <param name="triggers">All that are wanted.</param>
    /// <param name="one">The one.</param>
    public static string Setting(this FallbackTriggers triggers, FallbackTriggers one) =>
        (triggers & ~All) != 0 ? triggers.ToString() : triggers.HasFlag(one) ? "on" : "off";
}
