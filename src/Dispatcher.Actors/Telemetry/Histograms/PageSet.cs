using System.Numerics;

namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>Some pages of a scale, enumerated from the first to the last without a look at the others.</summary>
/// <param name="bits">A bit each; page 0 is the lowest.</param>
internal ref struct PageSet(ulong bits)
{
    private ulong _left = bits;

    /// <summary>The page.</summary>
    public int Current { get; private set; }

    /// <summary>Goes on to the next page.</summary>
    public bool MoveNext()
    {
        Current = BitOperations.TrailingZeroCount(_left);
        bool isOne = _left != 0;
        _left &= _left - 1;
        return isOne;
    }

    /// <summary>The pages to enumerate.</summary>
    public readonly PageSet GetEnumerator() => this;
}
