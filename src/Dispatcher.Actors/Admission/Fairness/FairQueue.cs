using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// A queue shared by tenants: first in first out within a tenant, and between tenants that have tasks a round in which each is served its
/// weight's number of tasks, so that a long line of one does not lengthen the wait of another. A tenant that asks for less than its share
/// is served ahead of the round, as far as it has credit for the rounds in which it asked for nothing; one look in 32 goes to the round all the same.
/// Lock-free; nothing is allocated a task.
/// Sources: M. Shreedhar, G. Varghese, "Efficient Fair Queueing Using Deficit Round Robin" (a task costs 1); L. Zhang, "VirtualClock" (credit);
/// RFC 8290, FQ-CoDel (new flows first).
/// </summary>
/// <remarks>
/// A place is reserved by the caller before a task goes in, as with <see cref="MpmcRing{T}"/>. What is ended in the queue stays as a
/// tombstone until somebody comes by; <see cref="Withdraw"/> sweeps when there are too many.
/// </remarks>
/// <typeparam name="T">What the queue holds.</typeparam>
internal sealed class FairQueue<T>
    where T : class
{
    private const int MinimumSlack = 64;
    private const long RoundStride = 32;

    private readonly Place[] _places;
    private readonly FreePlaces _free;
    private readonly MpmcRing<FairFlow> _unfinished;
    private readonly MpmcRing<FairFlow> _ahead;
    private readonly MpmcRing<FairFlow> _turns;
    private readonly Func<T, bool> _isTombstone;
    private readonly int _burst;
    private readonly int _slack;
    private FairTurns _next;
    private int _tombstones;
    private int _sweeping;
    private long _swept;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">How many tasks fit, tombstones not counted.</param>
    /// <param name="settings">How it is shared, validated.</param>
    /// <param name="isTombstone">Whether a task was ended in the queue.</param>
    public FairQueue(int capacity, FairnessSettings settings, Func<T, bool> isTombstone)
    {
        _isTombstone = isTombstone;
        _burst = settings.Burst;
        // A sweep leaves at most one tombstone a line, the newest.
        _slack = (2 * (settings.MaxTenants + 1)) + MinimumSlack;
        _free = new FreePlaces(capacity + _slack);
        _places = new Place[_free.Numbers];
        _unfinished = new MpmcRing<FairFlow>(settings.MaxTenants + 1);
        _ahead = new MpmcRing<FairFlow>(settings.MaxTenants + 1);
        _turns = new MpmcRing<FairFlow>(settings.MaxTenants + 1);
    }

    /// <summary>How many places there are, for <see cref="PeekAt"/>.</summary>
    public int Places => _places.Length;

    /// <summary>
    /// How many tasks there are or on their way in, tombstones included; a momentary value that misses none whose submitter looks at anything after
    /// <see cref="Enqueue"/>.
    /// </summary>
    public long Count => Math.Max(0, _free.InUse);

    /// <summary>Whether <see cref="TryDequeue"/> would find a task now.</summary>
    public bool HasItem => _free.Filled > 0;

    /// <summary>How many tasks were taken, tombstones among them; those that a sweep removed do not count.</summary>
    public long Taken
    {
        get
        {
            // What was swept is counted before its place is given back: rather too few for a moment than too many.
            long returned = _free.Returned;
            return returned - Volatile.Read(ref _swept);
        }
    }

    /// <summary>Adds a task for which the caller holds a reservation.</summary>
    /// <param name="flow">Its tenant's line, kept open by a hold of the tenant.</param>
    /// <param name="item">The task.</param>
    public void Enqueue(FairFlow flow, T item)
    {
        int place = _free.Take();
        ref Place mine = ref _places[place];
        mine.Next = FairFlow.None;
        Volatile.Write(ref mine.Item, item);
        int before = Interlocked.Exchange(ref flow.Tail, place);
        if (before == FairFlow.None)
        {
            flow.Head = place;
            Begin(flow);
        }
        else
        {
            // Everybody else only appends: the turn is on its way round, or in somebody's hand.
            Volatile.Write(ref _places[before].Next, place);
        }

        // Last, so that whoever finds it also finds a turn, at once or in a moment.
        _free.OnFilled();
    }

    /// <summary>Takes the next task, or a tombstone.</summary>
    /// <param name="item">The task.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        SpinWait spin = default;
        while (true)
        {
            if (TryTakeTurn(out FairFlow? flow))
            {
                item = Serve(flow);
                return true;
            }

            item = null;
            if (!HasItem)
                return false;
            // Race: all turns are in the hands of others, who pass them on in a few instructions.
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    /// <summary>Looks at a place, for sweeps over the tasks' time. The task may be gone at the next instruction.</summary>
    /// <param name="place">From 0 to <see cref="Places"/> - 1.</param>
    /// <returns>The task, or null.</returns>
    public T? PeekAt(int place) => Volatile.Read(ref _places[place].Item);

    /// <summary>A task was ended in the queue.</summary>
    /// <returns>Whether the queue was swept for it; tasks were out of sight of workers meanwhile.</returns>
    public bool Withdraw()
    {
        if (Interlocked.Increment(ref _tombstones) < _slack)
            return false;
        SpinWait spin = default;
        while (Volatile.Read(ref _tombstones) >= _slack)
        {
            if (Interlocked.Exchange(ref _sweeping, 1) != 0)
            {
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            SweepTombstones();
            Volatile.Write(ref _sweeping, 0);
        }

        return true;
    }

    /// <summary>What was taken was a tombstone.</summary>
    public void OnTombstoneTaken() => Interlocked.Decrement(ref _tombstones);

    // The caller holds the turn. What is written of it comes before the task is taken out of the line: if that was the last one, the turn is over, and
    // whoever appends the next one begins another.
    private T Serve(FairFlow flow)
    {
        int place = flow.Head;
        T item = _places[place].Item!;
        bool isAhead = flow.IsAhead;
        bool goesOn;
        if (isAhead)
        {
            goesOn = --flow.Credit > 0;
        }
        else
        {
            goesOn = --flow.Left > 0;
            // Whoever is in the round has his share: no credit for it.
            flow.CountedTo = Volatile.Read(ref _next.Round);
        }

        if (TryUnlink(flow, place))
            PassOn(flow, isAhead, goesOn);
        Free(place);
        return item;
    }

    // Whether the line goes on behind its first place.
    private bool TryUnlink(FairFlow flow, int place)
    {
        ref Place first = ref _places[place];
        int next = Volatile.Read(ref first.Next);
        if (next == FairFlow.None)
        {
            // Race: another one appends at this moment. Either he finds the line empty and begins a turn, or we find him.
            if (Interlocked.CompareExchange(ref flow.Tail, FairFlow.None, place) == place)
                return false;
            next = Await(ref first.Next);
        }

        flow.Head = next;
        return true;
    }

    private void Free(int place)
    {
        _places[place].Item = null;
        _free.Put(place);
    }

    // Nobody else holds the turn, and the one who emptied the line did so after all that he wrote.
    private void Begin(FairFlow flow)
    {
        long round = Volatile.Read(ref _next.Round);
        flow.Credit = Math.Min(_burst, flow.Credit + ((round - flow.CountedTo) * flow.Weight));
        flow.CountedTo = round;
        flow.IsAhead = flow.Credit > 0;
        if (flow.IsAhead)
            _ahead.Enqueue(flow);
        else
            JoinRound(flow);
    }

    private void JoinRound(FairFlow flow)
    {
        flow.IsAhead = false;
        flow.Left = flow.Weight;
        flow.Round = Volatile.Read(ref _next.Round) + 1;
        // Behind the others, if there are any.
        if (_turns.IsClaimed || !FairTurns.TryPut(ref _next.Turn, flow))
            _turns.Enqueue(flow);
    }

    private bool TryTakeTurn([NotNullWhen(true)] out FairFlow? flow)
    {
        if (FairTurns.TryTake(ref _next.Unfinished, out flow) || _unfinished.TryDequeue(out flow))
            return true;
        // Counted without a fence: it does not matter which look it is, only that it is one of so many.
        bool looksAhead = ++_next.Looks % RoundStride != 0;
        if (looksAhead && _ahead.TryDequeue(out flow))
            return true;
        if (FairTurns.TryTake(ref _next.Turn, out flow) || _turns.TryDequeue(out flow))
        {
            // Race: of two threads that take turns of neighbouring rounds the earlier one may write last. One round more or less.
            if (flow.Round > Volatile.Read(ref _next.Round))
                Volatile.Write(ref _next.Round, flow.Round);
            return true;
        }

        return !looksAhead && _ahead.TryDequeue(out flow);
    }

    private void PassOn(FairFlow flow, bool isAhead, bool goesOn)
    {
        if (!goesOn)
            JoinRound(flow);
        else if (isAhead)
            _ahead.Enqueue(flow);
        else if (!FairTurns.TryPut(ref _next.Unfinished, flow))
            _unfinished.Enqueue(flow);
    }

    private void SweepTombstones()
    {
        SweepTurn(ref _next.Turn, _turns);
        SweepTurns(_turns);
        SweepTurns(_ahead);
        SweepTurn(ref _next.Unfinished, _unfinished);
        SweepTurns(_unfinished);
    }

    // Each turn goes back to where it was. Turns that others have in hand or move meanwhile are missed: the next sweep is not far then.
    private void SweepTurns(MpmcRing<FairFlow> turns)
    {
        for (int left = turns.Count; left > 0 && turns.TryDequeue(out FairFlow? flow); left--)
        {
            SweepFlow(flow);
            turns.Enqueue(flow);
        }
    }

    private void SweepTurn(ref FairFlow? place, MpmcRing<FairFlow> behind)
    {
        if (!FairTurns.TryTake(ref place, out FairFlow? flow))
            return;
        SweepFlow(flow);
        if (!FairTurns.TryPut(ref place, flow))
            behind.Enqueue(flow);
    }

    // The caller holds the turn. The newest place stays, whatever it holds: others append to it.
    private void SweepFlow(FairFlow flow)
    {
        int before = FairFlow.None;
        int place = flow.Head;
        int next;
        while ((next = Volatile.Read(ref _places[place].Next)) != FairFlow.None)
        {
            if (_isTombstone(_places[place].Item!))
            {
                if (before == FairFlow.None)
                    flow.Head = next;
                else
                    _places[before].Next = next;
                Interlocked.Increment(ref _swept);
                Interlocked.Decrement(ref _tombstones);
                Free(place);
            }
            else
            {
                before = place;
            }

            place = next;
        }
    }

    private static int Await(ref int place)
    {
        int seen = Volatile.Read(ref place);
        if (seen != FairFlow.None)
            return seen;
        SpinWait spin = default;
        while ((seen = Volatile.Read(ref place)) == FairFlow.None)
            spin.SpinOnce(sleep1Threshold: -1);
        return seen;
    }

    private struct Place
    {
        public T? Item;
        public int Next;
    }
}
