namespace Dispatcher.Actors.Json;

/// <summary>An error and its causes, without a stack.</summary>
/// <param name="Type">The full name of its type.</param>
/// <param name="Message">Its message, at most 8192 characters of it.</param>
/// <param name="Cause">What caused it; causes beyond the sixteenth are left out.</param>
internal sealed record ErrorJson(string Type, string Message, ErrorJson? Cause)
{
    private const int MaxDepth = 16;
    private const int MaxMessage = 8192;

    public static ErrorJson Of(Exception error, int depth = 1) => new(
        (error as RecordedException)?.ErrorType ?? error.GetType().FullName!,
        error.Message.Length > MaxMessage ? error.Message[..MaxMessage] : error.Message,
        error.InnerException == null || depth == MaxDepth ? null : Of(error.InnerException, depth + 1));

    public RecordedException ToException() => new(Type, Message, Cause?.ToException());
}
