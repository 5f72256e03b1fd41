using Akka.Configuration.Hocon;

namespace Dispatcher.Actors.Configuration;

/// <summary>A configured value as a text: to be read, and to be shown where it is none that can be.</summary>
internal static class SettingText
{
    private const int MaxLength = 200;

    /// <summary>The text of a value. A text is itself; an object and a list look as they are written, and are none that any key takes.</summary>
    /// <param name="value">The value; null where there is none.</param>
    public static string Of(HoconValue? value) => value switch
    {
        null => "",
        _ when value.IsString() => value.GetString() ?? "null",
        _ when value.GetObject() is { } section => $"{{ {string.Join(", ", section.Items.Select(static item => $"{item.Key} = {Of(item.Value)}"))} }}",
        _ => $"[{string.Join(", ", value.GetArray().Select(Of))}]",
    };

    /// <summary>A text for a message: one line of bounded length, and to be seen where it is empty.</summary>
    /// <param name="text">The text.</param>
    public static string Show(string text)
    {
        if (text.Length == 0)
            return "\"\"";
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= MaxLength ? line : $"{line.AsSpan(0, MaxLength)}...";
    }
}
