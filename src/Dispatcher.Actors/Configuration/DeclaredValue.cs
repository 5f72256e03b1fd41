namespace Dispatcher.Actors.Configuration;

/// <summary>A value that a type of task declares by its attribute.</summary>
/// <param name="Member">The attribute's member.</param>
/// <param name="Value">Its value there.</param>
/// <param name="Text">The value as a setting.</param>
/// <param name="TaskType">The type; null before that is known.</param>
internal sealed record DeclaredValue(string Member, object Value, string Text, Type? TaskType = null)
{
    /// <summary>Where it stands, for messages.</summary>
    public string Path => $"{TaskType?.FullName} [TaskContract].{Member}";
}
