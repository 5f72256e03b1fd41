namespace Dispatcher.Actors;

/// <summary>Why an alert is sent.</summary>
public enum AlertState : byte
{
    /// <summary>It has happened, for the first time or again after a quiet window.</summary>
    Raised,

    /// <summary>It has happened again since it was last sent; <see cref="Alert.Count"/> says how often in the window that has ended.</summary>
    Repeated,

    /// <summary>Its cause has ended.</summary>
    Ended,
}
