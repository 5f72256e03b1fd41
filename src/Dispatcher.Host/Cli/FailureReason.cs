using Dispatcher.Actors;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Cli;

/// <summary>Why a file has no hash, in words that many files share.</summary>
/// <param name="Text">The reason, without the file's name.</param>
/// <param name="IsOfTheFile">True when the file system said no: part of a report, no fault of the node.</param>
internal readonly record struct FailureReason(string Text, bool IsOfTheFile)
{
    public static FailureReason Of(string path, OutcomeKind kind, OutcomeDetail? detail) => detail switch
    {
        Failed failed => Of(path, failed.Error),
        Rejected rejected => new($"rejected: {rejected.Reason}", false),
        Expired expired => new($"expired: {expired.Where}", false),
        Cancelled cancelled => new($"cancelled by {cancelled.By}", false),
        Abandoned abandoned => new($"abandoned: {abandoned.Why}", false),
        _ => new($"{kind} without a cause", false),
    };

    public static FailureReason Of(string path, Exception error) => error switch
    {
        UnauthorizedAccessException => new("permission denied", true),
        NotARegularFileException => new("not a regular file", true),
        FileNotFoundException or DirectoryNotFoundException when path.Contains('\uFFFD', StringComparison.Ordinal) =>
            new("the name is not valid UTF-8", true),
        FileNotFoundException or DirectoryNotFoundException => new("gone before it was read", true),
        PathTooLongException => new("the path is too long", true),
        IOException => new("cannot be read", true),
        _ => new($"handler failed: {error.GetType().Name}", false),
    };
}
