using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.RollOuts;

namespace Dispatcher.Actors;

/// <summary>The circumstances under which a handler runs a task. Valid until the handler's task ends.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares two contexts")]
public readonly struct TaskContext
{
    private readonly TaskCell? _cell;
    private readonly long _run;
    private readonly IServiceProvider? _services;

    internal TaskContext(TaskCell cell)
        : this(cell, cell.RunId, null)
    {
    }

    private TaskContext(TaskCell? cell, long run, IServiceProvider? services)
    {
        _cell = cell;
        _run = run;
        _services = services;
    }

    /// <summary>The task's id.</summary>
    public TaskId Id => new(CellWord.IdOfRunId(_run));

    /// <summary>How often the handler has been tried, this time included: 1 for the first.</summary>
    public int Attempt => _cell?.Attempt ?? 1;

    /// <summary>Cancelled when the caller cancels, a deadline passes, the time of this attempt is over or the pool's drain runs out of time. Made when first asked for.</summary>
    public CancellationToken CancellationToken => _cell?.TokenFor(_run) ?? CancellationToken.None;

    /// <summary>How much time is left before the handler is asked to stop; null without a limit, never negative.</summary>
    public TimeSpan? Remaining => _cell?.RemainingFor(_run);

    /// <summary>The key in whose order the task runs.</summary>
    public string? Key => Options?.Key;

    /// <summary>On whose behalf it runs.</summary>
    public string? Tenant => Options?.Tenant;

    /// <summary>Services: of the task's own scope for a scoped handler, else of its worker's.</summary>
    /// <exception cref="InvalidOperationException">The pool was started without a service provider.</exception>
    public IServiceProvider Services =>
        _services ?? _cell?.Slot?.Services ?? throw new InvalidOperationException("The pool was started without a service provider.");

    private TaskOptions? Options => _cell is { } cell && cell.RunId == _run ? cell.Extras?.Options : null;

    /// <summary>Whether somebody asked the handler to stop, for another reason than that its time is over.</summary>
    internal bool IsCancelled => _cell is { IsCancelled: true };

    /// <summary>The task runs in a version of its handler.</summary>
    /// <param name="version">Where that version's calls are counted.</param>
    internal void EnterVersion(VersionMeter version)
    {
        if (_cell != null)
            Volatile.Write(ref _cell.EnsureExtras().Version, version);
    }

    /// <summary>Its call has ended. Race: the task is given up at this moment; the first of the two counts the call.</summary>
    /// <param name="version">Where that version's calls are counted.</param>
    /// <returns>Whether the call is ours to count.</returns>
    internal bool TryLeaveVersion(VersionMeter version) => _cell == null || ReferenceEquals(_cell.Extras!.TakeVersion(), version);

    internal ParentTask? AsParent() => _cell == null ? null : new ParentTask(_cell, _run);

    internal TaskContext With(IServiceProvider services) => new(_cell, _run, services);
}
