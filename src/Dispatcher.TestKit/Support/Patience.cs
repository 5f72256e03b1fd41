namespace Dispatcher.TestKit.Support;

/// <summary>How long a test waits for what must come, in real time. No good run needs it; a failing one reports after it.</summary>
internal static class Patience
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);
}
