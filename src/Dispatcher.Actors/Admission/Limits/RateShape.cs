namespace Dispatcher.Actors;

/// <summary>What a rate limit does with tasks that come closer together than the rate.</summary>
public enum RateShape : byte
{
    /// <summary>Token bucket: a burst passes at once as long as there are tokens, the rate holds on average.</summary>
    TokenBucket,

    /// <summary>Leaky bucket: tasks pass evenly spaced; one that comes too early waits for its moment, or is refused.</summary>
    LeakyBucket,
}
