using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.RollOuts;

/// <summary>
/// The looks at two versions that run at the same time. A look is about the calls of a block; after some looks a new block begins, so that what a version
/// did long ago does not hide what it does now. Not for several threads.
/// </summary>
internal sealed class RollOutComparison
{
    /// <summary>Looks at a block: it has at most so many times <c>minimum-samples</c> calls of the new version, about.</summary>
    public const int LooksInBlock = 20;

    private readonly RollOutSettings _settings;
    private readonly Side _old;
    private readonly Side _new;
    private long _looks;

    /// <summary>Begins.</summary>
    /// <param name="settings">What is allowed.</param>
    /// <param name="old">The old version.</param>
    /// <param name="new">The new one.</param>
    public RollOutComparison(RollOutSettings settings, VersionMeter old, VersionMeter @new)
    {
        _settings = settings;
        _old = new Side(old);
        _new = new Side(@new);
    }

    /// <summary>Looks. One with too few calls of either version says nothing, and does not count.</summary>
    /// <returns>What is wrong with the new version; null while nothing is known to be.</returns>
    public RollOutFinding? Look()
    {
        VersionCounts old = _old.Read();
        VersionCounts @new = _new.Read();
        if (old.Calls < _settings.MinimumSamples || @new.Calls < _settings.MinimumSamples)
            return null;
        RollOutFinding? finding = RollOutPolicy.Compare(old, @new, _settings, ++_looks);
        if (finding == null && _looks % LooksInBlock == 0)
        {
            _old.Forget();
            _new.Forget();
        }

        return finding;
    }

    /// <summary>The block so far.</summary>
    public (VersionFigures Old, VersionFigures New, long Looks) ToFigures() => (_old.Read().ToFigures(), _new.Read().ToFigures(), _looks);

    /// <summary>One version's calls since its block began.</summary>
    private sealed class Side(VersionMeter meter)
    {
        private readonly HistogramWindow _window = new(meter.Times, 1);
        private readonly HistogramSnapshot _block = new();
        private long _errorsBefore = meter.Errors;
        private long _errorsRead;

        public VersionCounts Read()
        {
            _window.Advance();
            _block.Add(_window.Newest);
            _errorsRead = meter.Errors;
            return new VersionCounts(_errorsRead - _errorsBefore, _block);
        }

        public void Forget()
        {
            _block.Clear();
            _errorsBefore = _errorsRead;
        }
    }
}
