using System.Buffers;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Tests.Telemetry.Histograms;

public sealed class HistogramCodecTests
{
    private const int LastBucket = (LogLinearScale.Pages * LogLinearScale.PageSize) - 1;

    [Fact]
    public void TryRead_WhatWasWritten_IsTheSame()
    {
        Random random = new(1);
        for (int round = 0; round < 100; round++)
        {
            HistogramSnapshot snapshot = new();
            for (int i = 0; i < round; i++)
                snapshot.Add(random.Next(LastBucket + 1), (uint)random.NextInt64(1, 1L << 24));
            snapshot.Add(LastBucket, 1);
            Assert.True(HistogramCodec.TryRead(Write(snapshot), out HistogramSnapshot? read));
            Assert.Equal(snapshot.Count, read.Count);
            for (int index = 0; index <= LastBucket; index++)
                Assert.Equal(snapshot.CountOf(index), read.CountOf(index));
        }
    }

    [Fact]
    public void Write_NothingRecorded_TakesNoByte() => Assert.Empty(Write(new HistogramSnapshot()));

    [Theory]
    [InlineData(new byte[] { 1 })] // a distance without a count
    [InlineData(new byte[] { 0, 1 })] // the same bucket twice
    [InlineData(new byte[] { 1, 0 })] // a count of zero
    [InlineData(new byte[] { 0x80 })] // a number without an end
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1 })] // a number too long
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1 })] // a number too great
    [InlineData(new byte[] { 0xFF, 0x7F, 1 })] // behind the last bucket
    public void TryRead_BytesThatAreNone_SaysSo(byte[] bytes)
    {
        Assert.False(HistogramCodec.TryRead(bytes, out HistogramSnapshot? snapshot));
        Assert.Null(snapshot);
    }

    [Fact]
    public void TryRead_AnyBytes_NeverThrows()
    {
        Random random = new(2);
        byte[] bytes = new byte[40];
        for (int round = 0; round < 20_000; round++)
        {
            int length = random.Next(bytes.Length);
            random.NextBytes(bytes.AsSpan(0, length));
            HistogramCodec.TryRead(bytes.AsSpan(0, length), out _);
        }
    }

    private static byte[] Write(HistogramSnapshot snapshot)
    {
        ArrayBufferWriter<byte> output = new();
        HistogramCodec.Write(snapshot, output);
        return output.WrittenSpan.ToArray();
    }
}
