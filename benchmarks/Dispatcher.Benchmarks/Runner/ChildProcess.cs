using System.Diagnostics;
using System.Globalization;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>Starts this program again, for figures that only a fresh process has.</summary>
internal static class ChildProcess
{
    /// <summary>The hidden first argument of a child.</summary>
    public const string Command = "child";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs the child and yields the number that it prints as its first line.</summary>
    /// <exception cref="InvalidOperationException">The child failed or printed no number.</exception>
    public static async Task<double> RunAsync(string child)
    {
        var program = Environment.ProcessPath ?? "dotnet";
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(child);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"Child '{child}' did not start.");
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            var firstLine = output.Split('\n', 2)[0];
            if (process.ExitCode == 0 && double.TryParse(firstLine, CultureInfo.InvariantCulture, out var value)) return value;
            throw new InvalidOperationException($"Child '{child}' ended with {process.ExitCode} and said: {output}{await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"Child '{child}' was not done after {Limit.TotalSeconds} s.");
        }
    }
}
