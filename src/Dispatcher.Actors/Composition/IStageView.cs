namespace Dispatcher.Actors.Composition;

/// <summary>What can be seen of a stage at work.</summary>
internal interface IStageView
{
    /// <summary>The stage at this moment.</summary>
    StageSnapshot Snapshot();
}
