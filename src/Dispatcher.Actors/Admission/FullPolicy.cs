namespace Dispatcher.Actors;

/// <summary>What a full intake does with one task more.</summary>
public enum FullPolicy : byte
{
    /// <summary>Rejects it at once: <see cref="RejectReason.QueueFull"/>.</summary>
    Refuse,

    /// <summary>Lets it wait for a place, without a thread, until its deadline; the waiting line is bounded too.</summary>
    Wait,

    /// <summary>Rejects the oldest queued task of a lower class (<see cref="RejectReason.Shed"/>) in its favour; refuses where there is none.</summary>
    DropOldest,
}
