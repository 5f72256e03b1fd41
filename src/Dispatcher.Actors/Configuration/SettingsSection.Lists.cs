using System.Collections;
using System.Globalization;
using Akka.Configuration.Hocon;

namespace Dispatcher.Actors.Configuration;

/// <content>Values that are lists: a list, or one text with commas between its parts.</content>
internal sealed partial class SettingsSection
{
    /// <summary>Several texts: a list, or one text with commas between them.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isGood">Whether a text is allowed.</param>
    /// <param name="expected">What is allowed, for messages.</param>
    public IReadOnlyList<string> Texts(string key, Func<string, bool> isGood, string expected)
    {
        IReadOnlyList<string> texts = ListOf(key);
        string? bad = texts.FirstOrDefault(text => !isGood(text));
        if (bad == null)
            return texts;
        Report(key, bad, expected);
        return [];
    }

    /// <summary>A list of names, which may be empty.</summary>
    /// <param name="key">The key.</param>
    public IReadOnlyList<string> Names(string key) => Texts(key, static name => name.Length > 0 && name[0] is not ('{' or '['), "expected names, none of them empty");

    /// <summary>A list of words, which may be empty.</summary>
    /// <typeparam name="T">What the words mean.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="words">The words and their meanings.</param>
    public IReadOnlyList<T> Words<T>(string key, params ReadOnlySpan<(string Word, T Meaning)> words)
    {
        List<T> meanings = [];
        foreach (string name in ListOf(key))
        {
            int index = 0;
            while (index < words.Length && words[index].Word != name)
                index++;
            if (index < words.Length)
                meanings.Add(words[index].Meaning);
            else
                Report(key, name, $"expected some of {string.Join(", ", words.ToArray().Select(static word => word.Word))}");
        }

        return meanings;
    }

    private string[] ListOf(string key)
    {
        _known.Add(key);
        bool isCode = _code.TryGetValue(key, out object? code);
        if (code is IEnumerable parts and not string)
            return [.. parts.Cast<object?>().Select(static part => Convert.ToString(part, CultureInfo.InvariantCulture) ?? "")];
        HoconValue? value = isCode || FindDeclared(key) != null ? null : (IsOwn(key) ? _own : _defaults).GetValue(key);
        if (value != null && value.IsObject())
        {
            Report(key, SettingText.Of(value), "expected a list");
            return [];
        }

        // Asked in this order: an engine may take every value for an array.
        if (value != null && !value.IsString())
            return [.. value.GetArray().Select(SettingText.Of)];
        return Text(key).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
