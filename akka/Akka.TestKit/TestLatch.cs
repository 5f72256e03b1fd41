namespace Akka.TestKit;

/// <summary>A latch that opens after a number of count-downs; waiting for it is bounded and throws <see cref="TimeoutException"/>.</summary>
public class TestLatch
{
    private readonly CountdownEvent _latch;
    private readonly Func<TimeSpan, TimeSpan>? _dilate;
    private readonly TimeSpan _defaultTimeout;

    public TestLatch() : this(1)
    {
    }

    public TestLatch(int count) : this(count, TimeSpan.FromSeconds(5))
    {
    }

    public TestLatch(int count, TimeSpan defaultTimeout)
    {
        _latch = new CountdownEvent(count);
        _defaultTimeout = defaultTimeout;
    }

    protected internal TestLatch(Func<TimeSpan, TimeSpan> dilate, TimeSpan defaultTimeout, int count) : this(count, defaultTimeout) => _dilate = dilate;

    public bool IsOpen => _latch.CurrentCount == 0;

    public void CountDown() => _latch.Signal();

    public void Open()
    {
        while (!IsOpen) CountDown();
    }

    public void Reset() => _latch.Reset();
    public void Ready() => Ready(_defaultTimeout);

    public void Ready(TimeSpan timeout)
    {
        if (timeout == TimeSpan.MaxValue) throw new ArgumentException("A latch cannot wait for ever", nameof(timeout));
        if (_dilate is not null) timeout = _dilate(timeout);
        if (!_latch.Wait(timeout)) throw new TimeoutException($"The latch did not open within {timeout}: {_latch.CurrentCount} of {_latch.InitialCount} counts are left");
    }
}
