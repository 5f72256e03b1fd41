using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Dispatcher.Host.Tests.Support;

/// <summary>What a process said when it was over.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error);

/// <summary>A process of the test: its output by line, its end, and never left behind.</summary>
internal sealed class Command : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _out, _error;
    private readonly ConcurrentQueue<(Func<string, bool> IsIt, TaskCompletionSource<string> Seen)> _awaited = new();
    private readonly ConcurrentQueue<string> _lines = new();

    private Command(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _out = ReadAsync(_process.StandardOutput);
        _error = ReadAsync(_process.StandardError);
    }

    public static Command Start(string program, IEnumerable<string> arguments, string? folder = null, IDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new Command(start);
    }

    public static async Task<CommandResult> RunAsync(
        string program, IEnumerable<string> arguments, string? folder = null, IDictionary<string, string>? environment = null)
    {
        using var command = Start(program, arguments, folder, environment);
        return await command.EndAsync();
    }

    /// <summary>The first line of either output that holds the text, now or later.</summary>
    public Task<string> LineAsync(string text) => LineAsync(line => line.Contains(text, StringComparison.Ordinal), text);

    /// <summary>The first such line of either output, now or later.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt, [CallerArgumentExpression(nameof(isIt))] string what = "")
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Enqueue((isIt, seen)); // before the look back: a line that comes between is then seen by one of the two
        if (_lines.FirstOrDefault(isIt) is { } before)
            return before;
        var first = await Task.WhenAny(seen.Task, Task.WhenAll(_out, _error)).WaitAsync(s_patience);
        return first == seen.Task ? await seen.Task : throw new InvalidOperationException($"ended without '{what}': {string.Join('\n', _lines)}");
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<CommandResult> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        return new CommandResult(_process.ExitCode, await _out, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<string> ReadAsync(StreamReader reader)
    {
        var all = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            all.AppendLine(line);
            _lines.Enqueue(line);
            foreach (var (isIt, seen) in _awaited)
                if (isIt(line))
                    seen.TrySetResult(line);
        }
        return all.ToString();
    }
}
