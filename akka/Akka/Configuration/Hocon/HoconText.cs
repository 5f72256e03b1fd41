using System.Text.Encodings.Web;
using System.Text.Json;

namespace Akka.Configuration.Hocon;

/// <summary>Which characters need no quotes, and how to write those that do.</summary>
internal static class HoconText
{
    /// <summary>May the character stand in a value or key without quotes? Blanks between words are the caller's business.</summary>
    public static bool IsPlain(char c) => c switch
    {
        '$' or '"' or '{' or '}' or '[' or ']' or ':' or '=' or ',' or '#' => false,
        '`' or '^' or '?' or '!' or '@' or '*' or '&' or '\\' => false,
        _ => !IsBlank(c),
    };

    /// <summary>White space of any kind; a byte order mark counts as such.</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';

    public static string QuoteKey(string key) => key.Contains('.') || NeedsQuotes(key) ? Quote(key) : key;

    public static string QuoteValue(string text) => NeedsQuotes(text) ? Quote(text) : text;

    /// <summary>Line and column of a character, both counted from 1.</summary>
    public static string Position(string text, int index)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < index; i++)
        {
            if (text[i] != '\n')
                continue;
            line++;
            lineStart = i + 1;
        }

        return $"line {line}, column {index - lineStart + 1}";
    }

    private static bool NeedsQuotes(string text)
    {
        foreach (var c in text)
        {
            if (!IsPlain(c))
                return true;
        }

        return text.Length == 0 || text.Contains("//");
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
