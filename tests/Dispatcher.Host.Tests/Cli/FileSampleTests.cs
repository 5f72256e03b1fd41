using Dispatcher.Host.Cli;
using Dispatcher.Host.Tasks;

namespace Dispatcher.Host.Tests.Cli;

public sealed class FileSampleTests
{
    [Fact]
    public void Take_FewerThanItsCapacity_IsTheWholeSet()
    {
        var sample = Offer(capacity: 8, files: 8);
        Assert.Equal(1, sample.Stride);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7"], sample.Take(long.MaxValue).Select(file => file.Path));
    }

    [Fact]
    public void Take_MoreThanItsCapacity_IsEveryNth()
    {
        var sample = Offer(capacity: 8, files: 30);
        Assert.Equal(4, sample.Stride);
        Assert.Equal(["0", "4", "8", "12", "16", "20", "24", "28"], sample.Take(long.MaxValue).Select(file => file.Path));
    }

    [Fact]
    public void Take_ByteLimit_LeavesOutWhatWouldPassIt()
    {
        var sample = new FileSample(8);
        foreach (long bytes in new long[] { 10, 100, 20 })
            sample.Offer(new FileHash($"{bytes}", "", bytes, TimeSpan.Zero));
        Assert.Equal(["10", "20"], sample.Take(50).Select(file => file.Path));
    }

    private static FileSample Offer(int capacity, int files)
    {
        var sample = new FileSample(capacity);
        for (int i = 0; i < files; i++)
            sample.Offer(new FileHash($"{i}", "", 1, TimeSpan.Zero));
        return sample;
    }
}
