using Dispatcher.Host.Cli;
using Dispatcher.Host.Tasks;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Cli;

public sealed class ChecksumFileTests
{
    [LinuxFact]
    public async Task Add_StrangeNames_AreReadBackBySha256sum()
    {
        using var folder = new TestFolder();
        string[] names = ["plain", "with blank", "back\\slash", "line\nbreak", "\u00fcml\u00e4ut"];
        using (var sums = new ChecksumFile(folder["sums"]))
            foreach (string name in names)
            {
                string path = folder.Write(name, name);
                sums.Add(new FileHash(path, (await FileHasher.HashAsync(path, CancellationToken.None)).Sha256, name.Length, TimeSpan.Zero));
            }

        var check = await Command.RunAsync("sha256sum", ["--check", "--strict", folder["sums"]]);
        Assert.Equal((0, names.Length), (check.ExitCode, check.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
    }
}
