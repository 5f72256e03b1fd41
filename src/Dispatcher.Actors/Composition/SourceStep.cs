using System.Threading.Channels;

namespace Dispatcher.Actors.Composition;

/// <summary>The point before the first stage.</summary>
/// <typeparam name="TSource">What goes in.</typeparam>
internal sealed class SourceStep<TSource> : PipelineStep<TSource, TSource>
{
    /// <summary>The one that was read and waits for room in the first buffer.</summary>
    public override int Capacity => 1;

    /// <inheritdoc/>
    public override void AddStagesTo(List<string> stages)
    {
    }

    /// <inheritdoc/>
    public override ChannelReader<PipelineItem<TSource, TSource>> Build(RunPlan<TSource> plan, int buffer)
    {
        Channel<PipelineItem<TSource, TSource>> output = Buffer(buffer);
        plan.Add(new SourceReader<TSource>(plan.Source, plan.Flow, output.Writer).RunAsync);
        return output.Reader;
    }
}
