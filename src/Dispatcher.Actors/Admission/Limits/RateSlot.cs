namespace Dispatcher.Actors.Admission.Limits;

/// <summary>A task's moment at the rate limits: its shares are taken, and it may come in when the moment is there.</summary>
/// <param name="Taken">What it has taken.</param>
/// <param name="Delay">How long until its moment; zero for now.</param>
internal sealed record RateSlot(RateTakes Taken, TimeSpan Delay)
{
    /// <summary>For a task that is on its way to a refusal.</summary>
    public static readonly RateSlot None = new(default, TimeSpan.Zero);
}
