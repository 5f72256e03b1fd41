using Dispatcher.Actors;
using Dispatcher.Host.Cli;
using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Cli;

public sealed class ProgressTests
{
    private readonly ManualTime _time = new();
    private readonly RunTally _tally = new();

    [Fact]
    public void Line_TotalNotYetKnown_ShowsNoEta()
    {
        var progress = new Progress(_tally, TextWriter.Null, terminal: false, () => 80, _time);
        _tally.Start();
        _tally.Start();
        End(hashed: true);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("1 files, 500 B, 0 files/s, 250 B/s, 1 in flight, P50 3.00 ms, P99 3.00 ms", progress.Line());
    }

    [Fact]
    public async Task Line_TotalKnown_ShowsShareAndEta()
    {
        using var folder = new TestFolder();
        for (int i = 0; i < 4; i++)
            folder.Write($"{i}");
        var progress = new Progress(_tally, TextWriter.Null, terminal: false, () => 80, _time);
        await progress.ExpectAsync(new FolderWalk(folder.Path, PseudoFileSystems.Parse([])), CancellationToken.None);
        _tally.Start();
        End(hashed: false);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("1 of 4 (25 %) files, 0 B, 0 files/s, 0 B/s, 0 in flight, P50 3.00 ms, P99 3.00 ms, 1 failed, ETA 1:00", progress.Line());
    }

    [Fact]
    public void Tally_FailuresOfManyReasons_AreGroupedWithBoundedExamples()
    {
        for (int i = 0; i < 10; i++)
            End(hashed: false, path: $"/file{i}");
        for (int i = 0; i < 2 * RunTally.MaxReasons; i++)
            _tally.End($"/odd{i}", TaskOutcome<FileHash>.Ended(new Abandoned($"odd {i}")), default);

        var failures = _tally.Failures();
        Assert.Equal(10 + 2 * RunTally.MaxReasons, _tally.Failed);
        Assert.Equal(_tally.Failed, failures.Sum(group => group.Count));
        Assert.InRange(failures.Count, 2, RunTally.MaxReasons + 1);
        Assert.Contains(failures, group => group is { Count: 10, Reason: { Text: "permission denied", IsOfTheFile: true }, Examples.Count: RunTally.MaxExamples });
    }

    private void End(bool hashed, string path = "/file")
    {
        var outcome = hashed
            ? TaskOutcome<FileHash>.Completed(new FileHash(path, "", 500, TimeSpan.FromMilliseconds(1)))
            : TaskOutcome<FileHash>.Ended(new Failed(new UnauthorizedAccessException("no"), "access", 1));
        _tally.End(path, outcome, TimeSpan.FromMilliseconds(3));
    }
}
