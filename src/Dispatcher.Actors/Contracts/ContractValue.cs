namespace Dispatcher.Actors;

/// <summary>A value in force, and where it comes from.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Source">Where it comes from.</param>
public readonly record struct ContractValue<T>(T Value, SettingSource Source);
