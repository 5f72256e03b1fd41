using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Tests.Telemetry.Histograms;

public sealed class HistogramWindowTests
{
    private readonly DurationHistogram _histogram = new(TimeSpan.TicksPerSecond);

    [Fact]
    public void Constructor_WhatWasRecordedBefore_IsNotInIt()
    {
        _histogram.Record(7);
        HistogramWindow window = new(_histogram, 2);
        Assert.Equal(0, window.Newest.Count);
        window.Advance();
        Assert.Equal(0, window.Newest.Count);
    }

    [Fact]
    public void Advance_EachSpan_HasWhatWasRecordedInIt()
    {
        HistogramWindow window = new(_histogram, 3);
        Span(window, 10, times: 2);
        Assert.Equal(2, window.Newest.Count);
        Assert.Equal(10, window.Newest.Quantile(0.5).Ticks);
        Span(window, 20, times: 1);
        Assert.Equal(1, window.Newest.Count);
        Assert.Equal(20, window.Newest.Quantile(0.5).Ticks);
    }

    [Fact]
    public void SumNewest_QuietSpans_ReachesBackAsFarAsItHasTo()
    {
        HistogramWindow window = new(_histogram, 3);
        Span(window, 10, times: 5);
        Span(window, 20, times: 5);
        Span(window, 30, times: 5);
        Assert.Equal(5, Sum(window, 5).Count);
        Assert.Equal(10, Sum(window, 6).Count);
        Assert.Equal(15, Sum(window, 100).Count);
        Span(window, 40, times: 5);
        HistogramSnapshot sum = Sum(window, 100);
        Assert.Equal(15, sum.Count);
        Assert.Equal(20, sum.Quantile(0.01).Ticks);
    }

    [Fact]
    public void NewestOf_NewestSpanHasEnough_IsThatSpanElseTheSum()
    {
        HistogramWindow window = new(_histogram, 3);
        HistogramSnapshot scratch = new();
        Span(window, 10, times: 5);
        Span(window, 20, times: 5);
        Assert.Same(window.Newest, window.NewestOf(5, scratch));
        Assert.Same(scratch, window.NewestOf(6, scratch));
        Assert.Equal(10, scratch.Count);
    }

    [Fact]
    public void AdvanceIdle_SpanWithoutTasks_ForgetsTheOldest()
    {
        HistogramWindow window = new(_histogram, 2);
        Span(window, 10, times: 5);
        window.AdvanceIdle();
        Assert.Equal(5, Sum(window, 100).Count);
        window.AdvanceIdle();
        Assert.Equal(0, Sum(window, 100).Count);
    }

    [Fact]
    public void Advance_CounterThatWraps_GivesTheRightDifference()
    {
        HistogramWindow window = new(_histogram, 1);
        _histogram.Record(10, uint.MaxValue - 1);
        window.Advance();
        _histogram.Record(10, 5);
        window.Advance();
        Assert.Equal(5, window.Newest.Count);
    }

    private static HistogramSnapshot Sum(HistogramWindow window, long atLeast)
    {
        HistogramSnapshot sum = new();
        window.SumNewest(atLeast, sum);
        return sum;
    }

    private void Span(HistogramWindow window, long units, int times)
    {
        for (int i = 0; i < times; i++)
            _histogram.Record(units);
        window.Advance();
    }
}
