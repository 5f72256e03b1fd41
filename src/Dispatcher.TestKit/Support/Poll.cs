using System.Diagnostics;

namespace Dispatcher.TestKit.Support;

/// <summary>Looks at a condition again and again, for those whose changes nobody reports.</summary>
internal static class Poll
{
    private const int QuickLooks = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(1);

    /// <summary>Waits for a condition.</summary>
    /// <param name="isSo">The condition.</param>
    /// <param name="within">How long at most, in real time.</param>
    /// <returns>Whether it came.</returns>
    public static async Task<bool> UntilAsync(Func<bool> isSo, TimeSpan within)
    {
        long began = Stopwatch.GetTimestamp();
        for (int looks = 0; !isSo(); looks++)
        {
            if (Stopwatch.GetElapsedTime(began) >= within)
                return isSo();
            // Most conditions are a moment away, and need only that others get a turn.
            if (looks < QuickLooks)
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            else
                await Timed.WaitAsync(TimeProvider.System, s_interval, CancellationToken.None).ConfigureAwait(false);
        }

        return true;
    }
}
