namespace Akka.Configuration.Hocon;

/// <summary>
/// Gives the substitutions of one text their values, then makes the tree plain: optional ones without a value go, objects that meet
/// in one value are merged, and a value that would contain itself is refused.
/// </summary>
internal sealed class HoconResolver(HoconValue root, List<HoconSubstitution> substitutions)
{
    private readonly HashSet<HoconValue> _settled = [];
    private readonly HashSet<HoconValue> _settling = [];

    public void Run()
    {
        foreach (var substitution in substitutions)
            Link(substitution);
        Settle(root, "");
    }

    private void Link(HoconSubstitution substitution)
    {
        if (substitution.State == HoconSubstitution.LinkState.Linked)
            return;
        if (substitution.State == HoconSubstitution.LinkState.Linking)
            throw Circular(substitution.Position);

        substitution.State = HoconSubstitution.LinkState.Linking;
        if (!substitution.IsBound && Find(substitution.Path) is { } found)
            substitution.ResolvedValue = found;
        if (substitution.ResolvedValue == null && !substitution.IsOptional)
            throw Unresolved(substitution);
        substitution.State = HoconSubstitution.LinkState.Linked;
    }

    private HoconValue? Find(string path)
    {
        var node = root;
        var position = 0;
        while (HoconPath.TryNext(path, ref position, out var key))
        {
            if (node.GetChildObject(key) is not { } child)
                return null;

            // What the path leads through may itself be a substitution.
            node = child;
            foreach (var element in node.Values)
            {
                if (element is HoconSubstitution substitution)
                    Link(substitution);
            }
        }

        return node;
    }

    private void Settle(HoconValue value, string position)
    {
        if (_settled.Contains(value))
            return;
        if (!_settling.Add(value))
            throw Circular(position);

        for (var i = value.Values.Count - 1; i >= 0; i--)
        {
            if (!SettleElement(value.Values[i], position))
                value.Values.RemoveAt(i);
        }

        if (value.Values.Count == 0 && value.Prior is { } prior)
        {
            Settle(prior, position);
            value.Values.AddRange(prior.Values);
        }

        value.Prior = null;
        MergeObjects(value);
        _settling.Remove(value);
        _settled.Add(value);
    }

    /// <summary>False if nothing is left of the element.</summary>
    private bool SettleElement(IHoconElement element, string position)
    {
        switch (element)
        {
            case HoconObject { Items: var items }:
                foreach (var (key, child) in items)
                {
                    Settle(child, position);
                    if (child.Values.Count == 0)
                        items.Remove(key);
                }

                return true;
            case HoconArray array:
                foreach (var child in array)
                    Settle(child, position);
                array.RemoveAll(static child => child.Values.Count == 0);
                return true;
            case HoconSubstitution substitution:
                if (substitution.ResolvedValue is { } target)
                    Settle(target, substitution.Position);
                if (substitution.ResolvedValue is { Values.Count: > 0 })
                    return true;
                return substitution.IsOptional ? false : throw Unresolved(substitution);
            default:
                return true;
        }
    }

    /// <summary>Objects at the end of a value become one; objects before something else are overridden by it.</summary>
    private static void MergeObjects(HoconValue value)
    {
        var elements = value.Values;
        if (elements.Count < 2)
            return;

        if (IsObject(elements[^1]))
        {
            while (elements.Count > 1 && !IsObject(elements[0]))
                elements.RemoveAt(0);
            if (value.GetObject() is { } merged)
                value.NewValue(merged);
        }
        else
        {
            while (elements.Count > 1 && IsObject(elements[0]))
                elements.RemoveAt(0);
        }
    }

    private static bool IsObject(IHoconElement element) =>
        element is HoconObject || (element as HoconSubstitution)?.IsObject() == true;

    private static FormatException Unresolved(HoconSubstitution substitution) =>
        new($"HOCON {substitution.Position}: found {substitution}, expected the path of a value in the same text; unresolved substitution: {substitution.Path}.");

    private static FormatException Circular(string position) =>
        new($"HOCON {position}: found a substitution that leads back to itself, expected one that ends at a value.");
}
