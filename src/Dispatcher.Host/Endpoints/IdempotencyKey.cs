namespace Dispatcher.Host.Endpoints;

/// <summary>
/// The header <c>Idempotency-Key</c> (IETF draft "The Idempotency-Key HTTP Header Field"): a quoted string there; bare in many clients. Both spell the same key.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters of a key at most.</summary>
    public const int MaxLength = 128;

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key; null without one.</param>
    /// <returns>Whether it is one, or there is none.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        var values = request.Headers[Header];
        if (values.Count == 0)
            return true;
        if (values.Count > 1 || values[0] is not { } text)
            return false;
        if (text is ['"', .. var inner, '"'])
            text = inner;
        // Visible ASCII. No quote and no backslash: so there is one way to write a key.
        if (text.Length is 0 or > MaxLength || text.Any(static c => c is <= ' ' or > '~' or '"' or '\\'))
            return false;
        key = text;
        return true;
    }
}
