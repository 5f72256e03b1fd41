using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Dispatch;

/// <content>A run that is measured for the traits of its type.</content>
internal abstract partial class TaskCell
{
    /// <summary>Whether its run is measured. Written after the meter: one who gives the task up at this moment finds both or none.</summary>
    public volatile bool IsMeasured;

    /// <summary>A timed task comes into its handler.</summary>
    /// <param name="traits">The traits of its type.</param>
    protected void BeginMeasuring(TypeTraits traits)
    {
        if (traits.TryBegin(StartedAt) is not { } meter)
            return;
        EnsureExtras().Meter = meter;
        IsMeasured = true;
    }

    // What was given up has a handler that goes on: nobody knows what its whole run would have been.
    private void EndMeasuring(long now, OutcomeDetail? detail)
    {
        IsMeasured = false;
        CellExtras extras = Extras!;
        long busy = extras.Meter!.End();
        extras.Meter = null;
        if (detail is not Abandoned)
            Route.Traits!.Record(now - StartedAt, busy);
    }
}
