namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads HOCON by recursive descent: objects, arrays and values are a method each. Later values win, objects are merged in place,
/// substitutions are linked by <see cref="HoconResolver"/> once the whole text is read.
/// </summary>
public partial class Parser
{
    private const int MaxDepth = 200;

    private readonly string _text;
    private readonly Func<string, HoconRoot>? _includeCallback;
    private readonly List<HoconSubstitution> _substitutions = [];

    // The keys from the root to the value that is being read: a substitution of that same path refers to the value before.
    private readonly List<string> _keys = [];
    private int _index;
    private int _depth;

    private Parser(string text, Func<string, HoconRoot>? includeCallback)
    {
        _text = text;
        _includeCallback = includeCallback;
    }

    private bool AtEnd => _index >= _text.Length;

    private char Current => AtEnd ? '\0' : _text[_index];

    /// <exception cref="FormatException">The text is malformed, or refers to a value that it does not contain.</exception>
    /// <exception cref="ConfigurationException">An unquoted value contains <c>=</c> or <c>:</c>, or the text includes another that cannot be had.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot>? includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new Parser(text, includeCallback);
        var root = parser.ReadDocument();
        if (parser._substitutions.Count > 0)
            new HoconResolver(root, parser._substitutions).Run();
        return new HoconRoot(root, parser._substitutions);
    }

    private HoconValue ReadDocument()
    {
        var document = new HoconObject();
        SkipBlanksAndComments();
        if (Current == '{')
        {
            ReadFields(document, _index++);
            SkipBlanksAndComments();
            if (!AtEnd)
                throw Unexpected("the end of the text, because the '{' it starts with is closed");
        }
        else
        {
            ReadFields(document, opener: -1);
        }

        return new HoconValue([document]);
    }

    /// <summary>Reads up to the brace that closes the opener, or to the end of the text if there is no opener.</summary>
    private void ReadFields(HoconObject target, int opener)
    {
        Enter();
        while (true)
        {
            SkipBlanksAndComments();
            if (AtEnd)
            {
                if (opener >= 0)
                    throw Unclosed('}', opener);
                break;
            }

            if (Current == '}')
            {
                if (opener < 0)
                    throw Unexpected("a key or the end of the text, because no '{' is open");
                _index++;
                break;
            }

            if (!TryInclude(target))
                ReadField(target);
            SkipBlanksAndComments();
            if (Current == ',')
                _index++;
        }

        _depth--;
    }

    private void ReadField(HoconObject target)
    {
        var depth = _keys.Count;
        var value = ReadKey(target);
        while (Current == '.')
        {
            _index++;
            SkipBlanksAndComments();
            value = ReadKey(OpenObject(value));
        }

        switch (Current)
        {
            case '{':
                ReadFields(OpenObject(value), _index++);
                break;
            case '=' or ':':
                _index++;
                ReadAssignment(value);
                break;
            case '+' when IsAddition():
                _index += 2;
                ReadAddition(value);
                break;
            default:
                throw Unexpected($"'=', ':', '+=' or '{{' after the key '{_keys[^1]}'");
        }

        _keys.RemoveRange(depth, _keys.Count - depth);
    }

    private HoconValue ReadKey(HoconObject owner)
    {
        string key;
        if (Current == '"')
        {
            key = ReadQuoted();
        }
        else
        {
            var start = _index;
            while (Current != '.' && (IsPlainHere() || Current is ' ' or '\t') && !IsAddition())
                _index++;
            key = _text.Substring(start, _index - start).TrimEnd();
            if (key.Length == 0)
                throw Unexpected("a key");
        }

        SkipBlanksAndComments();
        _keys.Add(key);
        return owner.GetOrCreateKey(key);
    }

    private void ReadAssignment(HoconValue value)
    {
        SkipBlanksAndComments();
        var last = value.Values.Count == 0 ? null : value.Values[^1];
        var mergesObject = Current == '{' && last is HoconObject or HoconSubstitution;
        if (last == null || mergesObject)
        {
            ReadValue(value, prior: null);
            return;
        }

        // An object may be merged with what a substitution stands for; anything else is replaced.
        var prior = value.Detach();
        if (Current == '$' && last is HoconObject)
            value.Values.AddRange(prior.Values);
        var kept = value.Values.Count;
        ReadValue(value, prior);
        if (value.Values[kept] is HoconSubstitution)
            value.Prior = prior;
    }

    private void ReadAddition(HoconValue value)
    {
        foreach (var element in value.Values)
        {
            if (element is HoconLiteral or HoconObject)
                throw Unexpected($"'=', because '+=' adds to an array and the value of '{_keys[^1]}' is none");
        }

        var item = new HoconValue();
        ReadValue(item, prior: null);
        value.AppendValue(new HoconArray { item });
    }

    /// <summary>The object that further keys go to: the last one of the value, or a new one.</summary>
    private static HoconObject OpenObject(HoconValue value)
    {
        var last = value.Values.Count == 0 ? null : value.Values[^1];
        if (last is HoconObject open)
            return open;

        if (last is not HoconSubstitution)
            value.Clear();
        open = new HoconObject();
        value.AppendValue(open);
        return open;
    }

    private bool TryInclude(HoconObject target)
    {
        var start = _index;
        if (Current != 'i' || !Follows("include"))
            return false;

        _index += "include".Length;
        SkipBlanksAndComments();
        if (_index == start + "include".Length || Current != '"')
        {
            _index = start;
            return false;
        }

        var name = ReadQuoted();
        if (_includeCallback == null)
            throw new ConfigurationException($"HOCON {HoconText.Position(_text, start)}: found include \"{name}\", but no include callback was given.");
        var included = _includeCallback(name);
        var content = included?.Value.GetObject()
            ?? throw new ConfigurationException($"HOCON {HoconText.Position(_text, start)}: include \"{name}\" gave no object.");

        // Its substitutions are looked up once more, from where they stand now: this text may override what they refer to.
        foreach (var substitution in included.Substitutions)
        {
            substitution.Path = HoconPath.Join(_keys, substitution.Path);
            substitution.State = HoconSubstitution.LinkState.Open;
            _substitutions.Add(substitution);
        }

        target.Merge(content);
        return true;
    }
}
