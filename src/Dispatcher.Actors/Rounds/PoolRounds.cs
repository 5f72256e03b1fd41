using System.Runtime.ExceptionServices;

namespace Dispatcher.Actors.Rounds;

/// <summary>
/// All that is done for the pools of an actor system again and again, by its interval: a thousand pools take one timer and one turn, not a thousand of each. Any
/// thread adds; the rest is for one.
/// </summary>
internal sealed class PoolRounds
{
    private readonly Lock _gate = new();
    private readonly List<IPoolRound> _added = [];
    private readonly Dictionary<TimeSpan, List<IPoolRound>> _rounds = [];

    /// <summary>Adds one. It goes by itself when its pool is over.</summary>
    /// <param name="round">What is to be done.</param>
    /// <returns>Whether <see cref="TakeAdded"/> has to be called; not where a call is due already.</returns>
    public bool Add(IPoolRound round)
    {
        lock (_gate)
        {
            _added.Add(round);
            return _added.Count == 1;
        }
    }

    /// <summary>Takes in those that were added.</summary>
    /// <returns>All intervals at which there is something to do.</returns>
    public IReadOnlyCollection<TimeSpan> TakeAdded()
    {
        lock (_gate)
        {
            foreach (IPoolRound round in _added)
            {
                if (!_rounds.TryGetValue(round.Every, out List<IPoolRound>? rounds))
                    _rounds.Add(round.Every, rounds = []);
                rounds.Add(round);
            }

            _added.Clear();
        }

        return _rounds.Keys;
    }

    /// <summary>Does all of an interval once. What fails does not keep the others from their turn.</summary>
    /// <param name="every">The interval.</param>
    /// <returns>Whether there will be something to do again.</returns>
    /// <exception cref="Exception">One could not begin anew. All others have had their turn before.</exception>
    public bool Run(TimeSpan every)
    {
        if (!_rounds.TryGetValue(every, out List<IPoolRound>? rounds))
            return false;
        bool anyOver = false;
        ExceptionDispatchInfo? failed = null;
        foreach (IPoolRound round in rounds)
        {
            if (round.IsOver)
                anyOver = true;
            else
                Run(round, ref failed);
        }

        if (anyOver && rounds.RemoveAll(static round => round.IsOver) > 0 && rounds.Count == 0)
            _rounds.Remove(every);
        failed?.Throw();
        return rounds.Count > 0;
    }

    private static void Run(IPoolRound round, ref ExceptionDispatchInfo? failed)
    {
        try
        {
            round.Run();
        }
        catch (Exception error)
        {
            try
            {
                round.Recover(error);
            }
            catch (Exception again)
            {
                failed ??= ExceptionDispatchInfo.Capture(again);
            }
        }
    }
}
