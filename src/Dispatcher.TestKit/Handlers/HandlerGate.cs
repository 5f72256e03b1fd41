using Dispatcher.TestKit.Support;

namespace Dispatcher.TestKit;

/// <summary>Where handlers of a test wait until the test lets them go on. Safe for any thread; waiting holds none.</summary>
public sealed class HandlerGate
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private readonly Pulse _pulse = new();
    private bool _isOpen;
    private int _passes;

    /// <summary>How many wait here.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Lets everybody through, from now on.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _isOpen = true;
            while (TryLetFirst())
            {
                // One after the other.
            }
        }

        _pulse.Beat();
    }

    /// <summary>Lets some through: those who came first, and if there are fewer, those who come next.</summary>
    /// <param name="count">How many.</param>
    public void Let(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        lock (_gate)
        {
            while (count > 0 && TryLetFirst())
                count--;
            _passes += count;
        }

        _pulse.Beat();
    }

    /// <summary>Waits to be let through.</summary>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public async Task WaitAsync(CancellationToken cancellationToken = default)
    {
        TaskCompletionSource pass = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_isOpen || _passes > 0)
            {
                _passes = _isOpen ? _passes : _passes - 1;
                return;
            }

            place = _waiting.AddLast(pass);
        }

        _pulse.Beat();
        using (cancellationToken.UnsafeRegister(_ => Leave(place, cancellationToken), null))
            await pass.Task.ConfigureAwait(false);
    }

    /// <summary>Waits until so many wait here, or more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="within">How long at most, in real time; null for 10 s.</param>
    /// <exception cref="Xunit.Sdk.XunitException">They did not come.</exception>
    public Task AwaitWaitingAsync(int count, TimeSpan? within = null)
    {
        TimeSpan limit = within ?? Patience.Default;
        return _pulse.UntilAsync(() => Waiting >= count, limit, () => $"Expected {count} handlers at the gate within {limit}, there are {Waiting}.");
    }

    private bool TryLetFirst()
    {
        if (_waiting.First is not { } first)
            return false;
        _waiting.RemoveFirst();
        first.Value.TrySetResult();
        return true;
    }

    private void Leave(LinkedListNode<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (place.List != null)
                _waiting.Remove(place);
        }

        place.Value.TrySetCanceled(cancellationToken);
        _pulse.Beat();
    }
}
