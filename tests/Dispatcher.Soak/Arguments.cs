using System.Globalization;

namespace Dispatcher.Soak;

/// <summary>Options with whole numbers, each with its range.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, long> _values;
    private readonly Dictionary<string, Option> _options;

    /// <summary>Makes the options with their defaults.</summary>
    /// <param name="options">What is allowed.</param>
    public Arguments(params Option[] options)
    {
        _options = options.ToDictionary(static option => option.Name);
        _values = options.ToDictionary(static option => option.Name, static option => option.Default);
    }

    /// <summary>The value of an option.</summary>
    /// <param name="name">Its name.</param>
    public long this[string name] => _values[name];

    /// <summary>Reads arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What is wrong with them; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<string> arguments)
    {
        for (int i = 0; i < arguments.Length; i += 2)
        {
            if (!_options.TryGetValue(arguments[i], out Option? option))
                return $"unknown option '{arguments[i]}': allowed are {string.Join(", ", _options.Keys)}";
            if (i + 1 == arguments.Length)
                return $"{option.Name} needs a value: {option.Range}";
            string text = arguments[i + 1];
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) || value < option.Min || value > option.Max)
                return $"{option.Name} {text} is not allowed: {option.Range}";
            _values[option.Name] = value;
        }

        return null;
    }
}

/// <summary>An option.</summary>
/// <param name="Name">Its name, with dashes.</param>
/// <param name="Default">Its value when it is left out.</param>
/// <param name="Min">The least value.</param>
/// <param name="Max">The greatest value.</param>
internal sealed record Option(string Name, long Default, long Min, long Max)
{
    /// <summary>What is allowed, for messages.</summary>
    public string Range => string.Create(CultureInfo.InvariantCulture, $"a whole number from {Min} to {Max}");
}
