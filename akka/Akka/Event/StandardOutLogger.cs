using Akka.Actor;

namespace Akka.Event;

/// <summary>A logger without an actor, for the time before the loggers run and after they stopped. It logs on the thread of the publisher.</summary>
public abstract class MinimalLogger : MinimalActorRef
{
    public LogFilterEvaluator Filter { get; internal set; } = LogFilterEvaluator.NoFilters;
    public sealed override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/StandardOutLogger");
    public sealed override IActorRefProvider Provider => throw new NotSupportedException($"{GetType()} belongs to no actor system, so it has no provider.");

    protected sealed override void TellInternal(object message, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Log(message);
    }

    protected abstract void Log(object message);
}

/// <summary>Writes to the console, in the level's colour unless the output is redirected.</summary>
public class StandardOutLogger : MinimalLogger
{
    private static readonly Lock Gate = new();

    public static ConsoleColor DebugColor { get; set; } = ConsoleColor.Gray;
    public static ConsoleColor InfoColor { get; set; } = ConsoleColor.White;
    public static ConsoleColor WarningColor { get; set; } = ConsoleColor.Yellow;
    public static ConsoleColor ErrorColor { get; set; } = ConsoleColor.Red;
    public static bool UseColors { get; set; } = true;

    protected override void Log(object message)
    {
        if (message is not LogEvent logEvent)
        {
            Console.WriteLine(message);
            return;
        }
        string text;
        try
        {
            if (!Filter.ShouldTryKeepMessage(logEvent, out text)) return;
        }
        catch (Exception error)
        {
            // A template that does not fit its arguments, or an argument whose ToString fails, is the caller's bug and must not become the publisher's failure.
            var raw = logEvent.Message is LogMessage template ? $"'{template.Format}'" : logEvent.Message?.GetType().ToString();
            text = logEvent.Line($"(cannot format this message {raw}: {error.GetType().Name}: {error.Message})");
        }
        Write(text, logEvent.LogLevel());
    }

    private static void Write(string text, LogLevel level)
    {
        if (!UseColors || Console.IsOutputRedirected)
        {
            Console.WriteLine(text);
            return;
        }
        // The colour is the console's, not the line's.
        lock (Gate)
        {
            Console.ForegroundColor = level switch
            {
                LogLevel.DebugLevel => DebugColor,
                LogLevel.InfoLevel => InfoColor,
                LogLevel.WarningLevel => WarningColor,
                _ => ErrorColor,
            };
            Console.WriteLine(text);
            Console.ResetColor();
        }
    }
}
