using System.Globalization;

namespace Dispatcher.Actors.Configuration;

/// <summary>Reads and validates what is below <c>measuring</c> of a pool.</summary>
internal static class MeasuringReader
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>Reads it.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="isOwn">Whether it is the pool's own section; shared defaults may have values for pools that measure and for others.</param>
    /// <returns>The settings; null where nothing is measured.</returns>
    public static MeasuringSettings? Read(SettingsSection section, bool isOwn)
    {
        bool isOn = section.OnOrOff("measuring.enabled");
        MeasuringSettings settings = new()
        {
            Every = section.Duration("measuring.every", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            Runs = section.Number("measuring.runs", 1, 1_000_000),
            InRow = section.Number("measuring.in-row", 1, 1000),
            IoAbove = section.Real("measuring.io-above", 0.01, 0.99),
            CpuBelow = section.Real("measuring.cpu-below", 0.01, 0.99),
            Margin = section.Real("measuring.margin", 0, 0.5),
            LongAbove = section.Duration("measuring.long-above", s_millisecond, TimeSpan.FromHours(1)),
        };
        // Else a type could be two things at once, and go to and fro.
        if (settings.CpuBelow + settings.Margin > settings.IoAbove - settings.Margin)
        {
            section.ReportBad(
                "measuring.margin", settings.Margin.ToString(CultureInfo.InvariantCulture), "expected a number with which cpu-below + margin is not above io-above - margin");
        }

        if (isOwn && !isOn)
            section.ReportNoEffectBelow("measuring", "measuring.enabled is off", except: "measuring.enabled");
        return isOn ? settings : null;
    }
}
