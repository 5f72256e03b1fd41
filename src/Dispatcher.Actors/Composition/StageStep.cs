using System.Threading.Channels;

namespace Dispatcher.Actors.Composition;

/// <summary>The point behind a stage.</summary>
/// <typeparam name="TSource">What goes in.</typeparam>
/// <typeparam name="TIn">What comes to the stage.</typeparam>
/// <typeparam name="TOut">What the stage makes of it.</typeparam>
/// <param name="previous">The point before the stage.</param>
/// <param name="spec">The stage.</param>
internal sealed class StageStep<TSource, TIn, TOut>(PipelineStep<TSource, TIn> previous, StageSpec<TIn, TOut> spec) : PipelineStep<TSource, TOut>
{
    /// <inheritdoc/>
    public override int Capacity => previous.Capacity + spec.Options.Buffer + spec.Options.Concurrency;

    /// <inheritdoc/>
    public override void AddStagesTo(List<string> stages)
    {
        previous.AddStagesTo(stages);
        stages.Add(spec.Name);
    }

    /// <inheritdoc/>
    public override ChannelReader<PipelineItem<TSource, TOut>> Build(RunPlan<TSource> plan, int buffer)
    {
        ChannelReader<PipelineItem<TSource, TIn>> input = previous.Build(plan, spec.Options.Buffer);
        Channel<PipelineItem<TSource, TOut>> output = Buffer(buffer);
        StageRun<TSource, TIn, TOut> stage = new(spec, plan.Flow, input, output.Writer);
        plan.Add(stage, plan.PreserveOrder ? stage.RunInOrderAsync : stage.RunAsync);
        return output.Reader;
    }
}
