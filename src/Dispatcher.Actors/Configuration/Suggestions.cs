namespace Dispatcher.Actors.Configuration;

/// <summary>The known key that a mistyped one was meant to be.</summary>
internal static class Suggestions
{
    /// <summary>Finds the nearest known key: a third of its letters may be wrong, or the last part alone is right.</summary>
    /// <param name="key">The unknown key.</param>
    /// <param name="known">The known ones.</param>
    /// <returns>The nearest; null where none is near.</returns>
    public static string? For(string key, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in known)
        {
            int distance = LastPart(candidate) == LastPart(key) ? 1 : Distance(key, candidate);
            if (distance < bestDistance || (distance == bestDistance && string.CompareOrdinal(candidate, best) < 0))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return bestDistance <= Math.Max(2, key.Length / 3) ? best : null;
    }

    /// <summary>How many letters have to be added, dropped, changed or swapped with a neighbour. Source: the optimal string alignment distance.</summary>
    /// <param name="a">A text.</param>
    /// <param name="b">Another text.</param>
    public static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }

    private static string LastPart(string key) => key[(key.LastIndexOf('.') + 1)..];
}
