using System.Diagnostics;
using System.Globalization;

namespace Dispatcher.Soak;

/// <summary>A line that says how far it is: rewritten every second on a terminal, a new one every ten seconds elsewhere.</summary>
internal sealed class Progress : IDisposable
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TextWriter _output;
    private readonly Func<long> _done;
    private readonly long _all;
    private readonly string _unit;
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private readonly Timer _timer;

    /// <summary>Begins to show.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="all">How much there is to do.</param>
    /// <param name="unit">What it is counted in.</param>
    /// <param name="done">How much is done.</param>
    public Progress(TextWriter output, long all, string unit, Func<long> done)
    {
        (_output, _all, _unit, _done) = (output, all, unit, done);
        TimeSpan every = TimeSpan.FromSeconds(_isTerminal ? 1 : 10);
        _timer = new Timer(_ => Show(), null, every, every);
    }

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    /// <summary>Ends the line.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        if (_isTerminal)
            _output.WriteLine();
    }

    private void Show()
    {
        long done = _done();
        double rate = done / Math.Max(0.001, Elapsed.TotalSeconds);
        string left = rate > 0 ? TimeSpan.FromSeconds((_all - done) / rate).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "unknown";
        string line = string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {_all:N0} {_unit} ({100.0 * done / _all:F0} %), {rate:N1} {_unit}/s, ETA {left}");
        if (_isTerminal)
            _output.Write($"\r{line}    ");
        else
            _output.WriteLine(line);
    }
}
