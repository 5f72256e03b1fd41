namespace Dispatcher.Actors.Tests.Admission.Breaker;

/// <summary>A circuit breaker as a textbook has it: lists, one thread. Times in ticks of 100 ns.</summary>
internal sealed class BreakerModel(BreakerSettings settings, long start)
{
    private const int Tenths = 10;

    private readonly long _tenth = (settings.Window?.Ticks ?? 0) / Tenths;
    private readonly List<(long At, bool Failed, bool Slow)> _calls = [];
    private long _since = start;
    private int _inARow;
    private int _probes;
    private int _successes;

    public BreakerState State { get; private set; } = BreakerState.Closed;

    /// <summary>Counts the changes of state: what entered in an older one does not count.</summary>
    public int Phase { get; private set; }

    public bool Enter(long now)
    {
        if (State == BreakerState.Open && now - _since >= settings.OpenFor.Ticks)
            Become(BreakerState.HalfOpen, now);
        if (State == BreakerState.HalfOpen && _probes < settings.Probes)
        {
            _probes++;
            return true;
        }

        return State == BreakerState.Closed;
    }

    public void Exit(int phase, bool? succeeded, TimeSpan run, long now)
    {
        if (phase != Phase)
            return;
        bool slow = settings.SlowAfter is { } after && run >= after;
        if (State == BreakerState.HalfOpen)
            ExitProbe(succeeded, slow, now);
        else if (State == BreakerState.Closed && succeeded is { } success)
            ExitCall(!success, slow, now);
    }

    private void ExitProbe(bool? succeeded, bool slow, long now)
    {
        _probes--;
        if (succeeded is not { } success)
            return;
        if (!success || slow)
            Become(BreakerState.Open, now);
        else if (++_successes == settings.SuccessesToClose)
            Become(BreakerState.Closed, now);
    }

    private void ExitCall(bool failed, bool slow, long now)
    {
        _inARow = failed ? _inARow + 1 : 0;
        if (settings.Window != null)
        {
            _calls.Add((now, failed, slow));
            _calls.RemoveAll(call => Tenth(now) - Tenth(call.At) >= Tenths);
        }

        bool enough = _calls.Count >= (settings.MinimumCalls ?? int.MaxValue);
        if (_inARow >= (settings.ConsecutiveFailures ?? int.MaxValue)
            || (enough && Share(call => call.Failed) >= (decimal)(settings.FailureRate ?? 2))
            || (enough && Share(call => call.Slow) >= (decimal)(settings.SlowRate ?? 2)))
            Become(BreakerState.Open, now);
    }

    private decimal Share(Func<(long At, bool Failed, bool Slow), bool> which) => (decimal)_calls.Count(which) / _calls.Count;

    private long Tenth(long at) => (at - _since) / _tenth;

    private void Become(BreakerState state, long now)
    {
        State = state;
        Phase++;
        _since = now;
        _inARow = _probes = _successes = 0;
        _calls.Clear();
    }
}
