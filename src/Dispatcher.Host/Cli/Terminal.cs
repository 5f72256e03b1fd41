namespace Dispatcher.Host.Cli;

/// <summary>Where the program writes, and what that place can do.</summary>
/// <param name="Out">The report.</param>
/// <param name="Error">Progress and complaints.</param>
/// <param name="Rewrites">Whether a line on <paramref name="Error"/> can be written over.</param>
/// <param name="Width">Its columns now.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool Rewrites, Func<int> Width)
{
    private const int UsualColumns = 80;

    /// <summary>The console of this process: plain lines when it is redirected, TERM is dumb or NO_COLOR is set.</summary>
    public static Terminal OfProcess()
    {
        bool plain = Console.IsErrorRedirected
            || Environment.GetEnvironmentVariable("TERM") == "dumb"
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, !plain, Columns);
    }

    private static int Columns()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : UsualColumns;
        }
        catch (IOException)
        {
            return UsualColumns; // a terminal that does not know its size
        }
    }
}
