namespace Dispatcher.Actors.Scaling;

/// <summary>What the autoscaler can do to a pool.</summary>
internal interface IPoolResizer
{
    /// <summary>Sets how many workers there should be. They come and go in their own time; those who go finish what they have. Never blocks.</summary>
    /// <param name="workers">How many, within the bounds of the pool.</param>
    void Resize(int workers);
}
