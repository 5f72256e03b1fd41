using Dispatcher.Actors.Alerts;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Alerts;

public sealed class AlertBookTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Note_LikeOnesInAWindow_AreOneAlertAtOnceAndOneWithTheirNumberAtItsEnd()
    {
        AlertBook book = Book();
        Alert first = Note(book, "IOException", out TimeSpan? wait)!;
        Assert.Equal(s_window, wait);
        Assert.Equal((AlertState.Raised, 1L, "text of IOException", AlertSamples.Start + TimeSpan.FromHours(1)), (first.State, first.Count, first.Text, first.RespondBy));
        _time.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 41; i++)
            Assert.Null(Note(book, "IOException", out _));
        _time.Advance(TimeSpan.FromMinutes(4));
        Alert repeated = Assert.Single(EndWindows(book, s_window));
        Assert.Equal((AlertState.Repeated, 42L), (repeated.State, repeated.Count));
        Assert.Equal((AlertSamples.Start, AlertSamples.Start + TimeSpan.FromMinutes(1)), (repeated.FirstAt, repeated.LastAt));
        // The next window counts for itself; one without any closes the alert.
        Assert.Null(Note(book, "IOException", out _));
        _time.Advance(s_window);
        Assert.Equal(1, Assert.Single(EndWindows(book, s_window)).Count);
        _time.Advance(s_window);
        Assert.Empty(EndWindows(book, null));
        Assert.Equal(0, book.Open);
        Assert.Equal(AlertState.Raised, Note(book, "IOException", out _)!.State);
    }

    [Fact]
    public void Note_OnlyOnce_IsOneAlert()
    {
        AlertBook book = Book();
        Note(book, "a", out _);
        _time.Advance(s_window);
        Assert.Empty(EndWindows(book, null));
    }

    [Fact]
    public void Note_OnesThatDiffer_AreAlertsOfTheirOwn()
    {
        AlertBook book = Book();
        Assert.NotNull(Note(book, "a", out TimeSpan? first));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(Note(book, "b", out TimeSpan? second));
        Note(book, "b", out _);
        Assert.Equal((s_window, null), (first, second));
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Empty(EndWindows(book, TimeSpan.FromMinutes(2)));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("b", Assert.Single(EndWindows(book, s_window)).ErrorClass);
    }

    [Fact]
    public void Note_MoreThanTheBound_AreOneForAllTheRest()
    {
        AlertBook book = Book("max-open = 3");
        for (int i = 0; i < 100; i++)
            Note(book, $"E{i}", out _);
        Assert.Equal(4, book.Open);
        _time.Advance(s_window);
        Alert rest = Assert.Single(EndWindows(book, s_window));
        Assert.Equal(("_OTHER", 97L), (rest.ErrorClass, rest.Count));
    }

    [Fact]
    public void End_OfOneThatLasts_IsAnAlertAndItIsNotOpenAnyMore()
    {
        AlertBook book = Book();
        Occurrence breaker = new(AlertEvent.BreakerOpen, "p", "T");
        AlertRule rule = new() { Name = "r", Level = AlertLevel.P1, On = [AlertEvent.BreakerOpen] };
        Assert.Null(book.End(breaker, rule, "closed"));
        book.Note(breaker, rule, static () => ("open", null), out _);
        // It lasts, so a quiet window does not close it.
        _time.Advance(s_window);
        Assert.Empty(EndWindows(book, s_window));
        Alert? ended = book.End(breaker, rule, "closed");
        Assert.Equal((AlertState.Ended, "closed", AlertSamples.Start), (ended?.State, ended?.Text, ended?.FirstAt));
        Assert.Equal(0, book.Open);
        Assert.NotNull(book.Note(breaker, rule, static () => ("open", null), out _));
    }

    [Fact]
    public async Task Note_FromManyThreads_CountsEachOnce()
    {
        AlertBook book = Book();
        int alerts = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                if (Note(book, "a", out TimeSpan? _) != null)
                    Interlocked.Increment(ref alerts);
            }
        })));
        Assert.Equal(1, alerts);
        _time.Advance(s_window);
        Assert.Equal(40_000, Assert.Single(EndWindows(book, s_window)).Count);
    }

    private static List<Alert> EndWindows(AlertBook book, TimeSpan? next)
    {
        List<Alert> due = [];
        Assert.Equal(next, book.EndWindows(due));
        return due;
    }

    private static Alert? Note(AlertBook book, string error, out TimeSpan? wait) =>
        book.Note(new Occurrence(AlertEvent.Failed, "p", "T", error), AlertSamples.Failures, () => ($"text of {error}", null), out wait);

    private AlertBook Book(string hocon = "") => new(AlertSamples.Settings(hocon), _time);
}
