using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>The value of a key: one element, or several that are joined when they are read.</summary>
public class HoconValue : IMightBeAHoconObject
{
    public HoconValue() => Values = [];
    internal HoconValue(List<IHoconElement> values) => Values = values;

    public List<IHoconElement> Values { get; private set; }

    /// <summary>No element, or an object without keys.</summary>
    public bool IsEmpty => Values.Count == 0 || (Values[0] is HoconObject first && first.Items.Count == 0);

    /// <summary>What the key held before; it stays if the value turns out to be a missing <c>${?path}</c>.</summary>
    internal HoconValue? Prior { get; set; }

    /// <summary>Wraps this value into a configuration in which it stands at the key.</summary>
    public Config AtKey(string key)
    {
        var holder = new HoconObject();
        holder.Items[key] = this;
        return new Config(new HoconRoot(new HoconValue([holder])));
    }

    public Config ToConfig() => new(new HoconRoot(this));
    public void AppendValue(IHoconElement value) => Values.Add(value);
    public void Clear() => Values.Clear();

    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    public bool IsObject() => GetObject() != null;

    /// <summary>The object, merged if there are several; null for text and arrays.</summary>
    public HoconObject? GetObject()
    {
        HoconObject? merged = null;
        foreach (var element in Values)
        {
            var part = element as HoconObject ?? (element as IMightBeAHoconObject)?.GetObject();
            if (part != null)
                merged = merged == null ? part : merged.MergeImmutable(part);
        }

        return merged;
    }

    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);

    public bool IsString()
    {
        foreach (var element in Values)
        {
            if (!element.IsString())
                return false;
        }

        return Values.Count > 0;
    }

    /// <summary>The text, trimmed; null for <c>null</c>, objects and arrays.</summary>
    public string? GetString()
    {
        if (!IsString())
            return null;

        var text = Values[0].GetString();
        for (var i = 1; i < Values.Count; i++)
            text += Values[i].GetString();

        text = text?.Trim();
        return text == "null" ? null : text;
    }

    public bool IsArray()
    {
        foreach (var element in Values)
        {
            if (element.IsArray())
                return true;
        }

        return false;
    }

    /// <summary>The elements of all arrays in this value; empty for text and objects.</summary>
    public IList<HoconValue> GetArray()
    {
        var items = new List<HoconValue>();
        foreach (var element in Values)
        {
            if (element.IsArray())
                items.AddRange(element.GetArray());
        }

        return items;
    }

    public bool GetBoolean() => HoconConvert.ToBoolean(GetString());
    public int GetInt() => HoconConvert.ToInt(GetString());
    public long GetLong() => HoconConvert.ToLong(GetString());
    public float GetFloat() => HoconConvert.ToFloat(GetString());
    public double GetDouble() => HoconConvert.ToDouble(GetString());
    public decimal GetDecimal() => HoconConvert.ToDecimal(GetString());
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconConvert.ToTimeSpan(GetString(), allowInfinite);

    /// <summary>A size in bytes with or without unit; null for an empty text.</summary>
    public long? GetByteSize() => HoconConvert.ToByteSize(GetString());

    public IList<bool> GetBooleanList() => ReadList(static value => value.GetBoolean());
    public IList<int> GetIntList() => ReadList(static value => value.GetInt());
    public IList<long> GetLongList() => ReadList(static value => value.GetLong());
    public IList<double> GetDoubleList() => ReadList(static value => value.GetDouble());

    // Its own loop: reading settings starts with this list, and a delegate would be one more thing to compile by then.
    public IList<string> GetStringList()
    {
        var list = new List<string>();
        foreach (var item in GetArray())
            list.Add(item.GetString()!);
        return list;
    }

    public override string ToString() => ToString(0);

    /// <summary>The value as HOCON; an object at indent 0 has no braces.</summary>
    public virtual string ToString(int indent)
    {
        if (indent == 0 && GetObject() is { } root)
            return root.ToString(1);

        var text = new StringBuilder();
        Write(text, indent);
        return text.ToString();
    }

    internal void Write(StringBuilder text, int indent)
    {
        if (GetObject() is { } inner)
        {
            text.AppendLine("{");
            inner.Write(text, indent + 1);
            text.Append(' ', indent * 2).Append('}');
        }
        else if (IsString())
        {
            text.Append(GetString() is { } plain ? HoconText.QuoteValue(plain) : "null");
        }
        else
        {
            text.Append('[');
            var separator = "";
            foreach (var item in GetArray())
            {
                text.Append(separator);
                item.Write(text, indent + 1);
                separator = ",";
            }

            text.Append(']');
        }
    }

    /// <summary>Moves the elements into a value of their own, and leaves this one empty.</summary>
    internal HoconValue Detach()
    {
        var detached = new HoconValue(Values) { Prior = Prior };
        Values = [];
        Prior = null;
        return detached;
    }

    private List<T> ReadList<T>(Func<HoconValue, T> read)
    {
        var items = GetArray();
        var list = new List<T>(items.Count);
        foreach (var item in items)
            list.Add(read(item));
        return list;
    }
}
