using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>Where and what was measured.</summary>
internal static class Machine
{
    /// <summary>official or compact, as the build had it.</summary>
    public static string Engine => Metadata("AkkaEngine") ?? "unknown";

    public static IEnumerable<(string What, string Value)> Describe(string? repository)
    {
        yield return ("Machine", $"{Environment.ProcessorCount} cores, {Processor()}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024):0} GiB");
        yield return ("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        yield return (".NET", RuntimeInformation.FrameworkDescription);
        if (LoadAverage() is { } load) yield return ("Load before", load);
        yield return ("Engine", Metadata("AkkaVersion") is { } version ? $"{Engine} {version}" : Engine);
        yield return ("Commit", Commit(repository));
    }

    /// <summary>The folder with the solution, upwards from the program; null where it runs elsewhere.</summary>
    public static string? Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Dispatcher.sln"))) return folder.FullName;
        return null;
    }

    private static string? Metadata(string key)
    {
        foreach (var attribute in typeof(Machine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
            if (attribute.Key == key) return attribute.Value;
        return null;
    }

    private static string Processor()
    {
        const string key = "model name";
        if (!File.Exists("/proc/cpuinfo")) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
        foreach (var line in File.ReadLines("/proc/cpuinfo"))
            if (line.StartsWith(key, StringComparison.Ordinal)) return line[(line.IndexOf(':') + 1)..].Trim();
        return RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string? LoadAverage()
    {
        const string file = "/proc/loadavg";
        return File.Exists(file) ? string.Join(' ', File.ReadAllText(file).Split(' ')[..3]) : null;
    }

    private static string Commit(string? repository)
    {
        if (repository is null) return "unknown";
        var head = Git(repository, "rev-parse", "--short=12", "HEAD");
        if (head is null) return "unknown";
        return Git(repository, "status", "--porcelain", "--untracked-files=no") is "" ? head : head + " with changes";
    }

    private static string? Git(string repository, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = repository, RedirectStandardOutput = true, RedirectStandardError = true });
            var output = git!.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // no git here
        }
    }
}
