using Dispatcher.Host.Cli;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Commands;

/// <summary>Command lines, folders and settings that cannot be used: named on standard error, without a stack trace, and the program returns two.</summary>
public sealed class RunBadInputTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _settings = new();

    public void Dispose()
    {
        _folder.Dispose();
        _settings.Dispose();
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "http")]
    [InlineData("--workers", "0")]
    [InlineData("--workers", "1025")]
    [InlineData("--workers", "many")]
    [InlineData("--output", "/no/such/folder/sums")]
    [InlineData("--fast", "yes")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "99999999999999999999")]
    [InlineData("--workers", "-1")]
    [InlineData("--workers", "1.5")]
    [InlineData("--workers", "NaN")]
    [InlineData("--worker", "2")]
    [InlineData("--output", "")]
    [InlineData("--settings", "")]
    [InlineData("--settings", "/no/such/file")]
    [InlineData("--settings", "/")]
    public async Task Run_BadOption_NamesItAndReturnsTwo(string option, string value)
    {
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", option, value);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--workers")]
    [InlineData("--output")]
    [InlineData("--settings")]
    public async Task Run_OptionWithoutValue_NamesItAndReturnsTwo(string option)
    {
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", option);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--workers", "2", "--workers", "3")]
    [InlineData("--port", "0", "--port", "0")]
    public async Task Run_OptionTwice_NamesItAndReturnsTwo(params string[] options)
    {
        var run = await HostProgram.RunAsync(["run", _folder.Path, "--exit", .. options]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(options[0], run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("perhaps", "--exit")]
    [InlineData("--exit", "perhaps")]
    [InlineData("--exit", "--json=perhaps")]
    public async Task Run_ArgumentTooMany_NamesItAndReturnsTwo(params string[] arguments)
    {
        var run = await HostProgram.RunAsync(["run", _folder.Path, .. arguments]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("perhaps", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SettingsThatCannotBeUsed_NamesEachOnALineAndReturnsTwo()
    {
        string file = WriteSettings("""
            dispatcher.pools.files { queue.capacity = 0, concurency = 4, workers { min = 1000000, max = NaN }, tasks.HashFil.payload-cap = 5 }
            dispatcher.alerts.window = 1ms
            dispatcher.diagnosis = off
            """);
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--settings", file);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Equal(
            [
                "  dispatcher.alerts.window = 1ms: expected a duration from 1s to 24h",
                "  dispatcher.diagnosis = ...: expected a section",
                "  dispatcher.pools.files.concurency: unknown setting; did you mean 'concurrency'?",
                "  dispatcher.pools.files.queue.capacity = 0: expected a whole number from 1 to 67108864",
                "  dispatcher.pools.files.tasks.HashFil: has no effect: the pool has no handler for a task of this name; did you mean 'HashFile'?",
                "  dispatcher.pools.files.workers.max = NaN: expected a whole number from 1 to 65536, or auto",
                "  dispatcher.pools.files.workers.min = 1000000: expected a whole number from 1 to 65536, or auto",
                "dispatcher run: 7 settings cannot be used:",
            ],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task Run_SettingsThatAreHardlyMeant_AreWarnedOfOnceAndRun()
    {
        _folder.Write("file");
        string file = WriteSettings("dispatcher.pools { files.queue.capacity = 3, fils.grace = 1s }");
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--workers", "4", "--settings", file);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Equal(2, run.Error.Split("Setting dispatcher.pools.").Length - 1);
        Assert.Contains("files.queue.capacity = 3: a burst is refused while workers are idle, as 4 tasks run at once", run.Error, StringComparison.Ordinal);
        Assert.Contains("fils: there is no pool of this name: expected one of files; did you mean 'files'?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dispatcher {")]
    [InlineData("[1, 2]")]
    [InlineData("dispatcher.pools.files.grace = ${nowhere}")]
    public async Task Run_SettingsThatAreNoHocon_SaysSoAndReturnsTwo(string hocon)
    {
        string file = WriteSettings(hocon);
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--settings", file);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"--settings '{file}' is no HOCON: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "there is no folder")]
    [InlineData("file", "is a file")]
    public async Task Run_BadFolder_NamesItAndReturnsTwo(string name, string complaint)
    {
        _folder.Write("file");
        var run = await HostProgram.RunAsync("run", _folder[name], "--exit");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Contains(_folder[name], run.Error, StringComparison.Ordinal);
    }

    private string WriteSettings(string hocon)
    {
        string file = _settings["settings.conf"];
        File.WriteAllText(file, hocon);
        return file;
    }
}
