using System.Numerics;

namespace Dispatcher.Actors.Admission;

/// <summary>
/// A set of small numbers that any thread may add to and take from, without a lock and for any capacity: a bit a number. Above a few words
/// there is a second level with a bit for each word that may have one set, so that thousands of numbers cost a look or two.
/// </summary>
internal sealed class IndexMask
{
    private const int Bits = 64;
    private const int WordsWithoutSummary = 4;

    private readonly ulong[] _words;
    private readonly ulong[]? _summary;

    /// <summary>Makes an empty set.</summary>
    /// <param name="capacity">One more than the greatest number.</param>
    public IndexMask(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _words = new ulong[(capacity + Bits - 1) / Bits];
        _summary = _words.Length > WordsWithoutSummary ? new ulong[(_words.Length + Bits - 1) / Bits] : null;
    }

    /// <summary>Whether a number may be there. Never misses one that was added before; may name one that was just taken.</summary>
    public bool Any
    {
        get
        {
            ulong[] level = _summary ?? _words;
            for (int i = 0; i < level.Length; i++)
            {
                if (Volatile.Read(ref level[i]) != 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>How many numbers there are; a momentary value.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < _words.Length; i++)
                count += BitOperations.PopCount(Volatile.Read(ref _words[i]));
            return count;
        }
    }

    /// <summary>Adds a number. A full fence: what the caller reads afterwards is read after the number can be seen.</summary>
    /// <param name="index">The number.</param>
    public void Add(int index)
    {
        int word = index / Bits;
        Interlocked.Or(ref _words[word], Bit(index));
        if (_summary != null)
            Interlocked.Or(ref _summary[word / Bits], Bit(word));
    }

    /// <summary>Whether a number is there.</summary>
    /// <param name="index">The number.</param>
    public bool Contains(int index) => (Volatile.Read(ref _words[index / Bits]) & Bit(index)) != 0;

    /// <summary>Takes a certain number.</summary>
    /// <param name="index">The number.</param>
    /// <returns>Whether it was there, and this caller has it.</returns>
    public bool TryRemove(int index) => (Interlocked.And(ref _words[index / Bits], ~Bit(index)) & Bit(index)) != 0;

    /// <summary>Takes the lowest number: those used last are the warmest, and the high ones may shrink away.</summary>
    /// <param name="index">The number; -1 if there is none.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out int index)
    {
        ulong[] level = _summary ?? _words;
        for (int i = 0; i < level.Length; i++)
        {
            ulong seen;
            while ((seen = Volatile.Read(ref level[i])) != 0)
            {
                int word = _summary == null ? i : (i * Bits) + BitOperations.TrailingZeroCount(seen);
                if (TryTakeFrom(word, out index))
                    return true;
                RetireSummary(word);
            }
        }

        index = -1;
        return false;
    }

    private bool TryTakeFrom(int word, out int index)
    {
        ulong seen;
        while ((seen = Volatile.Read(ref _words[word])) != 0)
        {
            if (Interlocked.CompareExchange(ref _words[word], seen & (seen - 1), seen) != seen)
                continue;
            index = (word * Bits) + BitOperations.TrailingZeroCount(seen);
            return true;
        }

        index = -1;
        return false;
    }

    // Race: Add sets the word's bit, then the summary's; both may happen between our look at the empty word and our clearing of the
    // summary. So look once more and put the summary's bit back. A submitter that reads the summary in between misses an idle worker; but
    // TryTake comes round again, takes a worker and wakes it, after that submitter's task could be seen. So only TryTake may retire.
    private void RetireSummary(int word)
    {
        if (_summary == null)
            return;
        ref ulong summary = ref _summary[word / Bits];
        Interlocked.And(ref summary, ~Bit(word));
        if (Volatile.Read(ref _words[word]) != 0)
            Interlocked.Or(ref summary, Bit(word));
    }

    private static ulong Bit(int index) => 1UL << (index % Bits);
}
