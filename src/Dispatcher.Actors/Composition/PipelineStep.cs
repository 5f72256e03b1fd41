using System.Threading.Channels;

namespace Dispatcher.Actors.Composition;

/// <summary>What comes out at one point of a pipeline: of its source, or of a stage.</summary>
/// <typeparam name="TSource">What goes in.</typeparam>
/// <typeparam name="TValue">What comes out here.</typeparam>
internal abstract class PipelineStep<TSource, TValue>
{
    /// <summary>How many items it holds at most, and those before it, the buffers behind the last stage not counted.</summary>
    public abstract int Capacity { get; }

    /// <summary>Names the stages up to here.</summary>
    /// <param name="stages">Their names.</param>
    public abstract void AddStagesTo(List<string> stages);

    /// <summary>Builds it and all before it for one run. Nothing moves before the plan is started.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="buffer">How many items may wait behind it.</param>
    /// <returns>Where they wait.</returns>
    public abstract ChannelReader<PipelineItem<TSource, TValue>> Build(RunPlan<TSource> plan, int buffer);

    /// <summary>A buffer with a bound: a full one lets its writer wait, without a thread.</summary>
    /// <param name="capacity">The bound.</param>
    protected static Channel<PipelineItem<TSource, TValue>> Buffer(int capacity) =>
        Channel.CreateBounded<PipelineItem<TSource, TValue>>(new BoundedChannelOptions(capacity) { SingleReader = false, FullMode = BoundedChannelFullMode.Wait });
}
