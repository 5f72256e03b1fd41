using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Dispatch;

namespace Dispatcher.Actors.Configuration;

/// <summary>Validates what stands right below <c>dispatcher</c>: what nobody reads, and what Akka reads when an actor is made.</summary>
internal static class SystemReader
{
    /// <summary>How many messages a mailbox may be bounded by at most.</summary>
    public const int MaxMailbox = 1 << 20;

    private const string Path = "dispatcher";

    // Sections of dispatchers and mailboxes, which an application may have of its own here too.
    private static readonly string[] s_ofAkka = ["type", "executor", "mailbox-type"];

    /// <summary>Validates it.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="errors">Where errors go.</param>
    public static void Verify(Config config, List<SettingsError> errors)
    {
        Config section = SettingsSection.Of(config, Path, errors);
        if (section.IsEmpty)
            return;
        List<string> known = [.. ReferenceConfig.Value.GetConfig(Path)!.AsEnumerable().Select(static entry => entry.Key)];
        foreach (KeyValuePair<string, HoconValue> entry in section.AsEnumerable())
        {
            if (known.Contains(entry.Key))
                SettingsSection.Of(config, $"{Path}.{entry.Key}", errors);
            else if (!entry.Value.IsObject() || !s_ofAkka.Any(key => entry.Value.GetChildObject(key) != null))
                errors.Add(new SettingsError($"{Path}.{entry.Key}", null, Suggestions.For(entry.Key, known) is { } near ? $"unknown setting; did you mean '{near}'?" : "unknown setting"));
        }

        VerifyMailbox(config, errors);
    }

    /// <summary>Reads the bound of a mailbox.</summary>
    /// <param name="section">The mailbox.</param>
    public static int ReadCapacity(SettingsSection section) => section.Number("capacity", 1, MaxMailbox);

    private static void VerifyMailbox(Config config, List<SettingsError> errors)
    {
        const string Mailbox = $"{Path}.mailbox";
        Config reference = ReferenceConfig.Value.GetConfig(Mailbox)!;
        SettingsSection section = new(Mailbox, SettingsSection.Of(config, Mailbox, errors), reference, new Dictionary<string, object>(), errors);
        ReadCapacity(section);
        section.TypeOf("mailbox-type", typeof(MailboxType), "the name of a mailbox's class, with its assembly");
        section.ReportUnknown();
    }
}
