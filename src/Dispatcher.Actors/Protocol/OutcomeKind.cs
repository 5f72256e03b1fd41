namespace Dispatcher.Actors;

/// <summary>How a task ended. Each accepted or refused task gets exactly one kind other than <see cref="Pending"/>.</summary>
public enum OutcomeKind : byte
{
    /// <summary>Not ended yet.</summary>
    Pending,

    /// <summary>The handler returned a result.</summary>
    Completed,

    /// <summary>The handler threw; <see cref="Actors.Failed"/> has the error.</summary>
    Failed,

    /// <summary>Never ran: refused or shed; <see cref="Actors.Rejected"/> has the reason.</summary>
    Rejected,

    /// <summary>Its time was over; <see cref="Actors.Expired"/> says where it was then.</summary>
    Expired,

    /// <summary>Cancelled; <see cref="Actors.Cancelled"/> says by whom.</summary>
    Cancelled,

    /// <summary>Given up: nobody knows how far it went; <see cref="Actors.Abandoned"/> says why.</summary>
    Abandoned,
}
