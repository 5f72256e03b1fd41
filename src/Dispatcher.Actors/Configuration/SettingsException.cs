using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors.Configuration;

/// <summary>The settings cannot be used. Names every error, not only the first one.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Always made from a list of errors")]
public sealed class SettingsException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="errors">What is wrong, at least one thing.</param>
    public SettingsException(IReadOnlyList<SettingsError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<SettingsError> Errors { get; }

    private static string Describe(IReadOnlyList<SettingsError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return $"{errors.Count} error(s) in the settings:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", errors)}";
    }
}
