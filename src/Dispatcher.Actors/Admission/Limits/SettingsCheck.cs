using System.Globalization;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Admission.Limits;

/// <summary>Notes what is out of range in a settings record, each with its path, its value and what is allowed there.</summary>
internal readonly struct SettingsCheck
{
    private readonly string _path;
    private readonly ICollection<SettingsError> _errors;

    /// <summary>Makes a check.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public SettingsCheck(string path, ICollection<SettingsError> errors)
    {
        _path = path;
        _errors = errors;
    }

    /// <summary>The check of a record below this one.</summary>
    /// <param name="key">Its key.</param>
    public SettingsCheck Below(string key) => new($"{_path}.{key}", _errors);

    /// <summary>A whole number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="min">The least allowed.</param>
    /// <param name="max">The greatest allowed.</param>
    public void Whole(string key, long value, long min, long max)
    {
        if (value < min || value > max)
            Fail(key, Text(value), $"expected a whole number from {Text(min)} to {Text(max)}");
    }

    /// <summary>A number. What is no number at all is out of every range.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="min">The least allowed.</param>
    /// <param name="max">The greatest allowed.</param>
    public void Number(string key, double value, double min, double max)
    {
        if (!(value >= min && value <= max))
            Fail(key, Text(value), $"expected a number from {Text(min)} to {Text(max)}");
    }

    /// <summary>A duration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="min">The least allowed.</param>
    /// <param name="max">The greatest allowed.</param>
    public void Duration(string key, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
            Fail(key, Durations.Print(value), $"expected a duration from {Durations.Print(min)} to {Durations.Print(max)}");
    }

    /// <summary>Something that is wrong for a reason of its own.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null where the key itself is wrong.</param>
    /// <param name="expected">What is allowed.</param>
    public void Fail(string key, string? value, string expected) => _errors.Add(new SettingsError($"{_path}.{key}", value, expected));

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
