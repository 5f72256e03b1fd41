using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Values: text, arrays, substitutions, what separates them, and the messages for what is none of these.</summary>
public partial class Parser
{
    /// <summary>Appends all elements up to the end of the line, a comma, a closing bracket or a comment.</summary>
    private void ReadValue(HoconValue value, HoconValue? prior)
    {
        SkipBlanksAndComments();
        var start = _index;
        var containers = 0;
        var texts = 0;
        while (true)
        {
            var partStart = _index;
            if (Current == '{')
            {
                containers++;
                ReadFields(OpenObject(value), _index++);
            }
            else if (Current == '[')
            {
                containers++;
                value.AppendValue(ReadArray(prior));
            }
            else if (Current == '$')
            {
                value.AppendValue(ReadSubstitution(prior));
            }
            else if (Current == '"' || IsPlainHere())
            {
                texts++;
                value.AppendValue(new HoconLiteral { Value = Current == '"' ? ReadQuoted() : ReadPlain() });
            }
            else
            {
                break;
            }

            if (containers > 0 && texts > 0)
                throw Malformed(partStart, "a new line or ',' between text and an object or array, which cannot be joined");
            ReadBlanksBetween(value);
        }

        if (_index == start)
            throw Unexpected("a value");
        if (Current is '=' or ':')
        {
            throw new ConfigurationException($"HOCON {HoconText.Position(_text, _index)}: found '{Current}' in an unquoted value, "
                + "expected the end of the value: quote a text that contains '=' or ':' (an address, say), and enclose an object in braces.");
        }
    }

    /// <summary>Blanks on a line count between two texts, and nowhere else.</summary>
    private void ReadBlanksBetween(HoconValue value)
    {
        var start = _index;
        while (Current is ' ' or '\t')
            _index++;

        var betweenTexts = value.Values[^1] is HoconLiteral or HoconSubstitution && (Current is '"' or '$' || IsPlainHere());
        if (_index > start && betweenTexts)
            value.AppendValue(new HoconLiteral { Value = _text.Substring(start, _index - start) });
    }

    private HoconArray ReadArray(HoconValue? prior)
    {
        var opener = _index++;
        var array = new HoconArray();
        Enter();
        while (true)
        {
            SkipBlanksAndComments();
            if (AtEnd)
                throw Unclosed(']', opener);
            if (Current == ']')
                break;

            var item = new HoconValue();
            ReadValue(item, prior);
            array.Add(item);
            SkipBlanksAndComments();
            if (Current == ',')
                _index++;
        }

        _index++;
        _depth--;
        return array;
    }

    private HoconSubstitution ReadSubstitution(HoconValue? prior)
    {
        var start = _index++;
        if (Current != '{')
            throw Unexpected("'{' after '$'; quote a text that contains '$'");

        _index++;
        var optional = Current == '?';
        if (optional)
            _index++;

        var pathStart = _index;
        while (Current != '}')
        {
            if (AtEnd || Current is '\n' or '{')
                throw Unclosed('}', start);
            if (Current == '"')
                ReadQuoted();
            else
                _index++;
        }

        var path = _text.Substring(pathStart, _index - pathStart).Trim();
        if (path.Length == 0)
            throw Unexpected("a path");

        _index++;
        var bound = HoconPath.Spells(_keys, path);
        var position = HoconText.Position(_text, start);
        if (bound && prior == null && !optional)
            throw new FormatException($"HOCON {position}: found ${{{path}}} in the value of '{path}' itself, expected an earlier value of it.");

        var substitution = new HoconSubstitution(path) { IsOptional = optional, IsBound = bound, Position = position, ResolvedValue = bound ? prior : null };
        _substitutions.Add(substitution);
        return substitution;
    }

    /// <summary>Words without quotes, with the blanks between them.</summary>
    private string ReadPlain()
    {
        var start = _index;
        var end = _index;
        for (var i = start; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c is ' ' or '\t')
                continue;
            if (!HoconText.IsPlain(c) || IsComment(i))
                break;
            end = i + 1;
        }

        _index = end;
        return _text.Substring(start, end - start);
    }

    private string ReadQuoted()
    {
        var opener = _index;
        if (Follows("\"\"\""))
        {
            var end = _text.IndexOf("\"\"\"", opener + 3, StringComparison.Ordinal);
            if (end < 0)
                throw Malformed(opener, "a closing \"\"\" after it", "\"\"\"");
            _index = end + 3;
            return _text.Substring(opener + 3, end - opener - 3);
        }

        var start = ++_index;
        StringBuilder? unescaped = null;
        while (Current != '"')
        {
            if (AtEnd || Current == '\n')
                throw Malformed(opener, "a closing '\"' on the same line");
            if (Current != '\\')
            {
                _index++;
                continue;
            }

            (unescaped ??= new StringBuilder()).Append(_text, start, _index - start).Append(ReadEscape());
            start = _index;
        }

        var rest = _text.Substring(start, _index++ - start);
        return unescaped == null ? rest : unescaped.Append(rest).ToString();
    }

    private char ReadEscape()
    {
        var start = _index++;
        var known = AtEnd ? -1 : "\"\\/bfnrt".IndexOf(Current);
        _index++;
        if (known >= 0)
            return "\"\\/\b\f\n\r\t"[known];

        if (_text.AsSpan(start).StartsWith("\\u") && _index + 4 <= _text.Length
            && ushort.TryParse(_text.AsSpan(_index, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            _index += 4;
            return (char)unit;
        }

        throw Malformed(start, "an escape of \\\" \\\\ \\/ \\b \\f \\n \\r \\t or \\u with four hexadecimal digits");
    }

    private bool IsPlainHere() => !AtEnd && HoconText.IsPlain(_text[_index]) && !IsComment(_index);

    private bool IsComment(int index) =>
        _text[index] == '#' || (_text[index] == '/' && index + 1 < _text.Length && _text[index + 1] == '/');

    private bool IsAddition() => Current == '+' && Follows("+=");

    private bool Follows(string token) => _text.AsSpan(_index).StartsWith(token);

    private void SkipBlanksAndComments()
    {
        var i = _index;
        for (; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c is ' ' or '\n')
                continue;
            if (IsComment(i))
                i = _text.IndexOf('\n', i);
            else if (!HoconText.IsBlank(c))
                break;
            if (i < 0)
                i = _text.Length - 1;
        }

        _index = i;
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
            throw Unexpected($"at most {MaxDepth} objects and arrays inside each other");
    }

    private FormatException Unclosed(char closer, int opener) =>
        Unexpected($"the '{closer}' that closes {HoconText.Position(_text, opener)}");

    private FormatException Unexpected(string expected) => Malformed(_index, expected);

    private FormatException Malformed(int index, string expected, string? found = null)
    {
        found = index >= _text.Length ? "the end of the text" : $"'{found ?? _text.Substring(index, 1)}'";
        return new FormatException($"HOCON {HoconText.Position(_text, index)}: found {found}, expected {expected}.");
    }
}
