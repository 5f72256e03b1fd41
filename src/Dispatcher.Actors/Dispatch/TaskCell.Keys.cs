using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Dispatch;

/// <content>
/// Tasks with a key. All of these name the task by its id: they may be called for a task that has ended, whose cell serves another one.
/// </content>
internal abstract partial class TaskCell
{
    /// <summary>Where a task is.</summary>
    /// <param name="id">The task.</param>
    /// <returns>Its state; Ended for one that the cell no longer serves.</returns>
    public CellState StateFor(long id)
    {
        long word = Volatile.Read(ref _word);
        return CellWord.IdOf(word) == id ? CellWord.StateOf(word) : CellState.Ended;
    }

    /// <summary>Whether a task is parked with a place in a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="id">The task.</param>
    public bool IsParkedIn(TaskLine line, long id) => StateFor(id) == CellState.Parked && Line == line;

    /// <summary>Moves a task that has not started. A full fence.</summary>
    /// <param name="id">The task.</param>
    /// <param name="from">The state it must be in.</param>
    /// <param name="to">The next one.</param>
    /// <returns>Whether it was so.</returns>
    public bool TryMove(long id, CellState from, CellState to)
    {
        long word = CellWord.Of(id, from);
        return Interlocked.CompareExchange(ref _word, CellWord.With(word, to), word) == word;
    }

    /// <summary>Ends a parked task.</summary>
    /// <param name="core">The pool that is meant; see <see cref="Sweep"/>.</param>
    /// <param name="id">The task.</param>
    /// <param name="state">Where it is parked.</param>
    /// <param name="detail">Its outcome.</param>
    public void TryEndParked(PoolCore core, long id, CellState state, OutcomeDetail detail)
    {
        if (StateFor(id) != state || Core != core || !TryMove(id, state, CellState.Ended))
            return;
        core.OnLeftQueue(this, state);
        End(detail);
    }
}
