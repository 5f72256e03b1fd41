using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// Snapshots on the wire, for sums over nodes: pairs of numbers, the distance to the next bucket in use and its count, each in groups of seven bits
/// with the lowest first. No version: the scale is part of the message that carries it.
/// </summary>
internal static class HistogramCodec
{
    private const int Buckets = LogLinearScale.Pages * LogLinearScale.PageSize;

    /// <summary>Writes a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="output">Where to.</param>
    public static void Write(HistogramSnapshot snapshot, IBufferWriter<byte> output)
    {
        int last = -1;
        for (int index = 0; index < Buckets; index++)
        {
            uint count = snapshot.CountOf(index);
            if (count == 0)
                continue;
            WriteNumber((uint)(index - last), output);
            WriteNumber(count, output);
            last = index;
        }
    }

    /// <summary>Reads a snapshot that may come from anywhere.</summary>
    /// <param name="input">All of its bytes.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <returns>Whether the bytes are one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> input, [NotNullWhen(true)] out HistogramSnapshot? snapshot)
    {
        HistogramSnapshot read = new();
        snapshot = null;
        long index = -1;
        while (!input.IsEmpty)
        {
            if (!TryReadNumber(ref input, out uint distance) || !TryReadNumber(ref input, out uint count))
                return false;
            index += distance;
            if (distance == 0 || count == 0 || index >= Buckets)
                return false;
            read.Add((int)index, count);
        }

        snapshot = read;
        return true;
    }

    private static void WriteNumber(uint number, IBufferWriter<byte> output)
    {
        Span<byte> bytes = output.GetSpan(5);
        int length = 0;
        for (; number >= 0x80; number >>= 7)
            bytes[length++] = (byte)(number | 0x80);
        bytes[length++] = (byte)number;
        output.Advance(length);
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> input, out uint number)
    {
        ulong value = 0;
        number = 0;
        for (int i = 0; i < 5 && i < input.Length; i++)
        {
            value |= (ulong)(input[i] & 0x7F) << (7 * i);
            if (input[i] >= 0x80)
                continue;
            input = input[(i + 1)..];
            number = (uint)value;
            return value <= uint.MaxValue;
        }

        return false;
    }
}
