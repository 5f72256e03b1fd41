namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Sheds the share of each class that <see cref="ShedPolicy"/> decided. Lock-free; draws a random number only for a class of which a share is shed.</summary>
internal sealed class LoadShedder
{
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

    /// <summary>Whether this task goes.</summary>
    /// <param name="priority">Its class.</param>
    public bool Sheds(TaskPriority priority)
    {
        uint threshold = Volatile.Read(ref _thresholds[(int)priority]);
        return threshold != 0 && _random.Next() < threshold;
    }

    /// <summary>Decides for the next window. For one caller.</summary>
    /// <param name="sample">The last window.</param>
    public ShedDecision Tick(in ShedSample sample)
    {
        _last = ShedPolicy.Decide(sample, _last, _settings);
        Volatile.Write(ref _thresholds[0], Threshold(_last.P0));
        Volatile.Write(ref _thresholds[1], Threshold(_last.P1));
        Volatile.Write(ref _thresholds[2], Threshold(_last.P2));
        return _last;
    }

    private static uint Threshold(double share) => (uint)Math.Min(uint.MaxValue, share * ((double)uint.MaxValue + 1));
}
