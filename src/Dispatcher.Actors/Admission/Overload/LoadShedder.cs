namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Sheds the share of each class that <see cref="ShedPolicy"/> decided. Lock-free; draws a random number only for a class of which a share is shed.</summary>
internal sealed class LoadShedder
{
    private const int LateWindows = 10;

    private readonly int[] _windowsLeft = new int[PriorityOrder.Classes];
    private readonly uint[] _thresholds = new uint[PriorityOrder.Classes];
    private readonly ShedSettings _settings;
    private readonly SharedRandom _random;
    private ShedDecision _last;

    /// <summary>Makes a shedder that sheds nothing yet.</summary>
    /// <param name="settings">The settings, validated.</param>
    /// <param name="random">Decides who goes.</param>
    public LoadShedder(ShedSettings settings, SharedRandom random)
    {
        _settings = settings;
        _random = random;
        Refusal = new Rejected(RejectReason.Shed, settings.RetryAfter);
    }

    /// <summary>What a shed task is told.</summary>
    public Rejected Refusal { get; }

    /// <summary>Whether a share of a class is shed, or was a few windows ago: overload is seldom over with one good window.</summary>
    /// <param name="priority">The class.</param>
    public bool ShedsLately(TaskPriority priority) => Volatile.Read(ref _windowsLeft[(int)priority]) > 0;

    /// <summary>Whether this task goes.</summary>
    /// <param name="priority">Its class.</param>
    public bool Sheds(TaskPriority priority)
    {
        uint threshold = Volatile.Read(ref _thresholds[(int)priority]);
        return threshold != 0 && _random.Next() < threshold;
    }

    /// <summary>Decides for the next window. For one caller.</summary>
    /// <param name="sample">The last window.</param>
    public ShedDecision Decide(in ShedSample sample)
    {
        _last = ShedPolicy.Decide(sample, _last, _settings);
        Set(0, _last.P0);
        Set(1, _last.P1);
        Set(2, _last.P2);
        return _last;
    }

    private void Set(int c, double share)
    {
        Volatile.Write(ref _thresholds[c], Threshold(share));
        Volatile.Write(ref _windowsLeft[c], share > 0 ? LateWindows : Math.Max(0, _windowsLeft[c] - 1));
    }

    private static uint Threshold(double share) => (uint)Math.Min(uint.MaxValue, share * ((double)uint.MaxValue + 1));
}
