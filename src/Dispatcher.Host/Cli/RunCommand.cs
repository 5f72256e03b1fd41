using System.Net.Sockets;
using Akka.Hosting;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors;
using Dispatcher.Host.Tasks;
using Microsoft.AspNetCore.Connections;

namespace Dispatcher.Host.Cli;

/// <summary><c>dispatcher run</c>: node up, folder through the pool, report, then serve until told to stop.</summary>
internal sealed class RunCommand(RunSettings settings, Terminal terminal, TimeProvider time)
{
    /// <summary>Where people read; with --json standard output belongs to the report alone.</summary>
    private TextWriter Talk => settings.Json ? terminal.Error : terminal.Out;

    public async Task<int> RunAsync()
    {
        long began = time.GetTimestamp();
        await using var app = Node.Build(settings.Folder, settings.Port, settings.Workers, Hooks());
        int started = await TryStartAsync(app);
        if (started != ExitCode.Ok)
            return started;
        using var interrupts = new Interrupts(terminal.Error);
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var pool = app.Services.GetRequiredService<ITaskDispatcher>();
        string address = app.Urls.First();
        Talk.WriteLine($"dispatcher: engine {EngineInfo.Name}, {address}, pool '{pool.Name}' of {Format.Count(pool.Snapshot().Workers, "worker")}, up in {Format.Duration(time.GetElapsedTime(began))}");

        int code = await HashAsync(pool, stopping);
        if (!settings.Exit && code == ExitCode.Ok && !stopping.IsCancellationRequested)
        {
            Talk.WriteLine();
            Talk.WriteLine($"Serving {address} (POST /tasks, GET and DELETE /tasks/ID, /schemas, /findings, /pools/{pool.Name}/scaling and /rollouts, /health, /alive). Ctrl-C stops.");
            await app.WaitForShutdownAsync();
        }
        await app.StopAsync();
        if (!settings.Exit)
            Talk.WriteLine($"Stopped. {Format.Ends(pool.Snapshot())}");
        return code;
    }

    private NodeHooks? Hooks() => settings.Settings is { } own ? new NodeHooks { System = akka => akka.AddHocon(own, HoconAddMode.Prepend) } : null;

    private async Task<int> TryStartAsync(WebApplication app)
    {
        int code = ExitCode.Failed;
        try
        {
            await app.StartAsync();
            return ExitCode.Ok;
        }
        catch (SettingsException error)
        {
            code = ExitCode.BadInput;
            terminal.Error.WriteLine($"dispatcher run: {Format.Count(error.Errors.Count, "setting")} cannot be used:");
            foreach (var wrong in error.Errors)
                terminal.Error.WriteLine($"  {wrong}");
        }
        catch (IOException error) when (error.InnerException is AddressInUseException || error.InnerException is SocketException)
        {
            terminal.Error.WriteLine($"dispatcher run: port {settings.Port} is taken or not allowed. Choose another with --port N; --port 0 takes a free one.");
        }
        catch (Exception error)
        {
            terminal.Error.WriteLine($"dispatcher run: the node did not start: {error.Message}");
        }
        await app.StopAsync(); // what did start, such as the actor system
        return code;
    }

    private async Task<int> HashAsync(ITaskDispatcher pool, CancellationToken stopping)
    {
        RunReport report;
        try
        {
            report = await MeasureAsync(pool, stopping);
        }
        catch (Exception error) when (settings.Output is not null && error is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"dispatcher run: cannot write --output '{settings.Output}': {error.Message}");
            return ExitCode.Failed;
        }
        if (settings.Json)
            ReportJson.Write(terminal.Out, report);
        else
            ReportText.Write(terminal.Out, report);
        bool done = report.IsSound && (report.Complete || !settings.Exit);
        return done ? ExitCode.Ok : ExitCode.Failed;
    }

    private async Task<RunReport> MeasureAsync(ITaskDispatcher pool, CancellationToken stopping)
    {
        using var output = settings.Output is null ? null : new ChecksumFile(settings.Output);
        var pseudo = PseudoFileSystems.Current();
        var tally = new RunTally();
        var sample = new FileSample(FileSample.DefaultCapacity);
        var walk = new FolderWalk(settings.Folder, pseudo, settings.Output, tally.UnreadableFolder);
        var run = new FolderRun(pool, time);
        var begun = time.GetUtcNow();
        long at = time.GetTimestamp();

        bool complete = await WithProgressAsync(tally, new FolderWalk(settings.Folder, pseudo, settings.Output), () =>
            run.HashAsync(walk.Files(), tally, hash => { sample.Offer(hash); output?.Add(hash); }, stopping));
        var duration = time.GetElapsedTime(at);
        var comparison = complete ? await Comparison.MeasureAsync(sample, run, begun, time, stopping) : null;
        return new RunReport
        {
            Folder = settings.Folder,
            Engine = EngineInfo.Name,
            Pool = pool.Name,
            Workers = pool.Snapshot().Workers,
            Window = run.Window,
            Complete = complete,
            Duration = duration,
            Hashed = tally.Hashed,
            Bytes = tally.Bytes,
            Failed = tally.Failed,
            Folders = walk.Folders,
            Links = walk.Links,
            Special = walk.Special,
            Total = tally.Total.Read(),
            Hashing = tally.Hashing.Read(),
            Failures = tally.Failures(),
            Comparison = comparison,
            Output = settings.Output,
        };
    }

    private async Task<bool> WithProgressAsync(RunTally tally, FolderWalk again, Func<Task<bool>> run)
    {
        using var done = new CancellationTokenSource();
        var progress = new Progress(tally, terminal.Error, terminal.Rewrites, terminal.Width, time);
        var shown = progress.ShowAsync(done.Token);
        var counted = progress.ExpectAsync(again, done.Token);
        try
        {
            return await run();
        }
        finally
        {
            await done.CancelAsync();
            await Task.WhenAll(shown, counted);
        }
    }
}
