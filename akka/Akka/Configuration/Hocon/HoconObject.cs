using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>An object: keys in the order of their first appearance.</summary>
public class HoconObject : IHoconElement
{
    public HoconObject() => Items = [];
    private HoconObject(Dictionary<string, HoconValue> items) => Items = items;

    public Dictionary<string, HoconValue> Items { get; }

    public bool IsString() => false;
    public string GetString() => throw new NotImplementedException("An object is not text.");
    public bool IsArray() => false;
    public IList<HoconValue> GetArray() => throw new NotImplementedException("An object is not an array.");
    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>The value of a key; an empty one is added if there is none.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
            Items.Add(key, value = new HoconValue());
        return value;
    }

    /// <summary>Lays another object over this one: its values win, objects on both sides are merged.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, upper) in other.Items)
        {
            if (Items.TryGetValue(key, out var lower) && lower.GetObject() is { } below && upper.GetObject() is { } above)
                Items[key] = new HoconValue([below.MergeImmutable(above)]);
            else
                Items[key] = upper;
        }
    }

    /// <summary>The same without touching this object: only the objects on both sides are copied, all others are shared.</summary>
    internal HoconObject MergeImmutable(HoconObject other)
    {
        var merged = new HoconObject(new Dictionary<string, HoconValue>(Items));
        merged.Merge(other);
        return merged;
    }

    public override string ToString() => ToString(0);

    public string ToString(int indent)
    {
        var text = new StringBuilder();
        Write(text, indent);
        return text.ToString();
    }

    internal void Write(StringBuilder text, int indent)
    {
        foreach (var (key, value) in Items)
        {
            text.Append(' ', indent * 2).Append(HoconText.QuoteKey(key)).Append(" : ");
            value.Write(text, indent);
            text.AppendLine();
        }
    }
}
