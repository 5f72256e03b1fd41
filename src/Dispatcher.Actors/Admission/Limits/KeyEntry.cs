namespace Dispatcher.Actors.Admission.Limits;

/// <summary>What a <see cref="BoundedKeyMap{TEntry}"/> keeps for a key.</summary>
internal abstract class KeyEntry
{
    /// <summary>Makes an entry.</summary>
    /// <param name="key">Its key.</param>
    protected KeyEntry(string key) => Key = key;

    /// <summary>Its key.</summary>
    public string Key { get; }

    /// <summary>
    /// Closes the entry for ever, if it knows nothing that a new one would not know. Whoever meets a closed entry looks the key up again.
    /// </summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>Whether this caller closed it.</returns>
    public abstract bool TryClose(long now);
}
