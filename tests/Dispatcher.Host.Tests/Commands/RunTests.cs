using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dispatcher.Host.Cli;
using Dispatcher.Host.Tests.Support;

namespace Dispatcher.Host.Tests.Commands;

/// <summary>The program as a process: what it prints, what it returns.</summary>
public sealed class RunTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _results = new();

    public void Dispose()
    {
        _folder.Dispose();
        _results.Dispose();
    }

    [LinuxFact]
    public async Task Run_Folder_WritesTheHashesThatSha256sumFinds()
    {
        for (int i = 0; i < 300; i++)
            _folder.Write($"{i % 7}/{i % 11}/{i}", new string((char)('a' + i % 26), i * 997));
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--output", _results["sums"]);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("300 hashed", run.Out, StringComparison.Ordinal);
        Assert.Contains("300 of 300 hashes equal", run.Out, StringComparison.Ordinal);

        var expected = await Command.RunAsync("find", [_folder.Path, "-type", "f", "-exec", "sha256sum", "{}", "+"]);
        Assert.Equal(expected.Out.Split('\n').Order(), (await File.ReadAllTextAsync(_results["sums"])).Split('\n').Order());
    }

    [LinuxFact]
    public async Task Run_SystemFolder_SpotCheckAgreesWithSha256sum()
    {
        var run = await HostProgram.RunAsync("run", "/usr/share/doc", "--exit", "--output", _results["sums"]);
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        string[] lines = await File.ReadAllLinesAsync(_results["sums"]);
        await File.WriteAllLinesAsync(_results["some"], lines.Where((_, index) => index % 10 == 0));
        var check = await Command.RunAsync("sha256sum", ["--check", "--quiet", "--strict", _results["some"]]);
        Assert.Equal((0, ""), (check.ExitCode, check.Out));
    }

    [LinuxFact]
    public async Task Run_UnreadableFileAndFolder_AreReportedAndNotFatal()
    {
        _folder.Write("good");
        await Command.RunAsync("chmod", ["000", _folder.Write("secret"), _folder.Folder("closed")]);
        var run = await HostProgram.RunUnprivilegedAsync("run", _folder.Path, "--exit", "--json");
        await Command.RunAsync("chmod", ["700", _folder["closed"]]);

        Assert.Equal(ExitCode.Ok, run.ExitCode);
        var report = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(1, report.GetProperty("files").GetInt64());
        Assert.Equal(1, report.GetProperty("failed").GetInt64());
        var failures = report.GetProperty("failures").EnumerateArray().ToDictionary(
            failure => failure.GetProperty("reason").GetString()!, failure => failure.GetProperty("examples")[0].GetString());
        Assert.Equal(_folder["secret"], failures["permission denied"]);
        Assert.Equal(_folder["closed"], failures["folder: permission denied"]);
    }

    [LinuxFact]
    public async Task Run_LinksPipesAndEmptyFolders_AreLeftOutAndCounted()
    {
        _folder.Write("file");
        _folder.Folder("empty");
        Directory.CreateSymbolicLink(_folder["loop"], _folder.Path);
        await Command.RunAsync("mkfifo", [_folder["pipe"]]);
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        Assert.Contains("1 hashed", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 link and 1 special file left out", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EmptyFolder_ReportsNothingHashed()
    {
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--json", "--workers", "3");
        Assert.Equal(ExitCode.Ok, run.ExitCode);
        var report = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal((0, 3), (report.GetProperty("files").GetInt64(), report.GetProperty("workers").GetInt32()));
        Assert.Equal(JsonValueKind.Null, report.GetProperty("oneThread").ValueKind);
    }

    [Fact]
    public async Task Run_NotATerminal_PrintsPlainLinesOnly()
    {
        _folder.Write("file");
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit");
        Assert.Contains("1 of 1 (100 %) files", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Error + run.Out);
        Assert.DoesNotContain('\u001b', run.Error + run.Out);
    }

    [LinuxFact]
    public async Task Run_PseudoFileSystem_IsRefused()
    {
        var run = await HostProgram.RunAsync("run", "/proc/self", "--exit");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("pseudo file system proc", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortTaken_SaysSoAndReturnsOne()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--port", port.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains($"port {port} is taken", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Run_OutputOnAFullDisk_SaysSoAndReturnsOne()
    {
        _folder.Write("file");
        var run = await HostProgram.RunAsync("run", _folder.Path, "--exit", "--output", "/dev/full");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("/dev/full", run.Error, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Run_InterruptedInTheMiddle_DrainsAndReportsWhatIsDone()
    {
        // Far more than is done before the signal, on any machine; and what is in hand then is done far within the time that a drain has.
        for (int i = 0; i < 1_000; i++)
            _folder.WriteSparse($"{i}", 32L << 20);
        using var run = HostProgram.Start("run", _folder.Path, "--exit", "--json", "--workers", "1");
        await run.LineAsync(static line => line.Contains(" in flight", StringComparison.Ordinal) && !line.StartsWith("0 ", StringComparison.Ordinal));
        await run.SignalAsync("INT");

        var end = await run.EndAsync();
        Assert.Equal(ExitCode.Failed, end.ExitCode);
        var report = JsonDocument.Parse(end.Out).RootElement;
        Assert.False(report.GetProperty("complete").GetBoolean());
        Assert.InRange(report.GetProperty("files").GetInt64(), 1, 999);
        Assert.Equal(0, report.GetProperty("failed").GetInt64());
    }

    [LinuxFact]
    public async Task Run_Serving_AnswersUntilInterruptedThenReturnsZero()
    {
        _folder.Write("file");
        using var run = HostProgram.Start("run", _folder.Path, "--port", "0");
        string serving = await run.LineAsync("Serving ");
        using (var http = new HttpClient { BaseAddress = new Uri(serving.Split(' ')[1]) })
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health")).StatusCode);
        await run.SignalAsync("INT");

        var end = await run.EndAsync();
        Assert.Matches(@"Stopped\. [0-9]+ tasks: [0-9]+ completed\.\n$", end.Out);
        Assert.Equal((ExitCode.Ok, ""), (end.ExitCode, string.Join('\n', end.Error.Split('\n').Where(line => line.Contains("fail:", StringComparison.Ordinal)))));
    }

    [LinuxFact]
    public async Task Run_InterruptedTwice_EndsAtOnce()
    {
        for (int i = 0; i < 8; i++)
            _folder.WriteSparse($"{i}", 1L << 42);
        using var run = HostProgram.Start("run", _folder.Path, "--exit");
        await run.LineAsync(" in flight");
        await run.SignalAsync("INT");
        await run.LineAsync("Ctrl-C again");
        await run.SignalAsync("INT");
        Assert.Equal(ExitCode.Failed, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Help_NoCommand_ListsTheCommands()
    {
        var help = await HostProgram.RunAsync();
        Assert.Equal(ExitCode.Ok, help.ExitCode);
        Assert.Contains("run <FOLDER>", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownCommand_IsNamedAndReturnsTwo()
    {
        var run = await HostProgram.RunAsync("fly");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("'fly'", run.Error, StringComparison.Ordinal);
    }
}
