using System.Text.Json;

namespace Dispatcher.Host.Endpoints;

/// <summary>What is wrong with a body, in the words of its sender: the serializer's own text names types of this program.</summary>
internal static class JsonErrors
{
    /// <summary>The body of <c>POST /tasks</c>.</summary>
    public const string OfTask =
        "A body has type (text) and payload (an object with the members of its type, such as path for hash-file), " +
        "and may have priority (P0, P1, P2) and deadlineSeconds (a number); no other member, and none twice or null.";

    /// <summary>Explains an error.</summary>
    /// <param name="error">What the serializer threw.</param>
    /// <param name="shape">What the body has to be.</param>
    public static string Explain(JsonException error, string shape)
    {
        // No JSON at all: the reader knows best, and speaks of nothing but text.
        if (error.InnerException is JsonException reader)
            return $"The body is not JSON. {reader.Message}";
        string where = string.IsNullOrEmpty(error.Path) || error.Path == "$" ? "" : $" at {error.Path}";
        return $"The body does not have the right shape{where}. {shape}";
    }
}
