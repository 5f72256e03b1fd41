using Akka.Configuration;

namespace Dispatcher.Host.Cli;

/// <summary>Reads the file of <c>--settings</c>. Whether its values are good is found out by the start.</summary>
internal static class SettingsFile
{
    private const int MaxBytes = 1 << 20;

    /// <param name="path">The file; null for none.</param>
    /// <param name="settings">What it says; null for none.</param>
    /// <returns>Why it cannot be used; null where it can.</returns>
    public static string? Problem(string? path, out Config? settings)
    {
        settings = null;
        if (path is null)
            return null;
        if (path.Length == 0 || path.Contains('\0'))
            return "--settings is empty.";
        if (Directory.Exists(path))
            return $"--settings '{path}' is a folder: it has to be a file.";
        if (!File.Exists(path))
            return $"--settings: there is no file '{path}'.";
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                return $"--settings '{path}' has more than {MaxBytes} bytes.";
            settings = ConfigurationFactory.ParseString(File.ReadAllText(path));
            return settings.IsEmpty || settings.Root.IsObject() ? null : $"--settings '{path}' is no HOCON: expected keys and values.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"--settings '{path}' cannot be read: {error.Message}";
        }
        catch (Exception error) // the parser's, of whatever kind
        {
            return $"--settings '{path}' is no HOCON: {error.Message}";
        }
    }
}
