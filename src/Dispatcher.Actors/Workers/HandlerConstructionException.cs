using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors;

/// <summary>A handler could not be made.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Always made for a handler type")]
public sealed class HandlerConstructionException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="handler">The handler's type.</param>
    /// <param name="cause">Why.</param>
    public HandlerConstructionException(Type handler, Exception cause)
        : base($"Handler '{handler}' cannot be made: {cause?.Message}", cause) => Handler = handler;

    /// <summary>The handler's type.</summary>
    public Type Handler { get; }
}
