using System.Text.RegularExpressions;

namespace Dispatcher.Conventions.Tests;

/// <summary>What no file of the repository says. The patterns are put together from pieces, or they would find themselves.</summary>
public sealed class HygieneTests
{
    private static readonly Regex s_unfinished = new(@"\b(" + "TB" + "D|TO" + "DO|FIX" + "ME|XX" + @"X)\b", RegexOptions.CultureInvariant);

    private static readonly Regex s_machinePath = new(
        @"(?<![\w./-])/(" + "wo" + "rk|ro" + "ot|ho" + @"me/\w+|farm)/|[A-Z]:\\" + @"Users\\", RegexOptions.CultureInvariant);

    private static readonly Regex s_registry = new(
        @"\b(api\.nuget" + @"\.org|registry\.npm" + @"js\.org|deb\.debian" + @"\.org|pypi" + @"\.org)\b", RegexOptions.CultureInvariant);

    private static readonly string[] s_scripts = ["dispatcher", ".ci/run"];

    private static readonly string[] s_binary = [".png", ".ico", ".gif", ".woff2"];

    [Fact]
    public void Files_AllOfThem_AreFinished() => Rule.Holds(Find(s_unfinished));

    [Fact]
    public void Files_AllOfThem_NameNoPathOfAMachine() => Rule.Holds(Find(s_machinePath));

    [Fact]
    public void Files_AllOfThem_NameNoRegistry() => Rule.Holds(Find(s_registry));

    [Fact]
    public void Scripts_AllOfThem_CanBeRun()
    {
        if (OperatingSystem.IsWindows())
            return; // no such bit there
        foreach (string script in s_scripts)
            Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute), script);
    }

    private static IEnumerable<string> Find(Regex pattern) =>
        from file in Repository.Files
        where !s_binary.Contains(Path.GetExtension(file)) && file != "LICENSE"
        from entry in Repository.Read(file).Split('\n').Index()
        where pattern.IsMatch(entry.Item)
        select $"{file}:{entry.Index + 1}: {entry.Item.Trim()}";
}
