using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration.Hocon;

/// <summary>Reads dotted paths, in which quoted parts may contain dots: <c>akka.actor.deployment."/a.b".router</c>.</summary>
internal static class HoconPath
{
    /// <summary>The next key of a path; empty parts are skipped.</summary>
    public static bool TryNext(string path, ref int position, [NotNullWhen(true)] out string? key)
    {
        while (position < path.Length && path[position] == '.')
            position++;

        key = null;
        if (position >= path.Length)
            return false;

        var quoted = path[position] == '"';
        var start = quoted ? position + 1 : position;
        var end = path.IndexOf(quoted ? '"' : '.', start);
        if (end < 0)
            end = path.Length;

        key = path.Substring(start, end - start);
        position = quoted ? end + 1 : end;
        return true;
    }

    /// <summary>Do the keys spell the path?</summary>
    public static bool Spells(List<string> keys, string path)
    {
        var position = 0;
        foreach (var expected in keys)
        {
            if (!TryNext(path, ref position, out var key) || key != expected)
                return false;
        }

        return !TryNext(path, ref position, out _);
    }

    public static string Join(List<string> keys, string rest)
    {
        var path = "";
        foreach (var key in keys)
            path += HoconText.QuoteKey(key) + ".";
        return path + rest;
    }
}
