using Akka.Actor.Internal;

namespace Akka.Actor;

public partial class ActorCell
{
    private const string NameAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    private Children? _children;

    /// <summary>Made on first use; two threads may race for it at the guardians.</summary>
    private Children OwnChildren => Volatile.Read(ref _children) ?? Interlocked.CompareExchange(ref _children, new Children(), null) ?? _children!;

    public virtual IActorRef ActorOf(Props props, string? name = null) => MakeChild(props, name, isSystemService: false);

    public virtual IActorRef AttachChild(Props props, bool isSystemService, string? name = null) => MakeChild(props, name, isSystemService);

    public IEnumerable<IInternalActorRef> GetChildren() => _children?.Refs() ?? (IEnumerable<IInternalActorRef>)[];

    IEnumerable<IActorRef> IActorContext.GetChildren() => GetChildren();

    IActorRef IActorContext.Child(string name) => GetChildByName(name);

    public IInternalActorRef GetChildByName(string name) =>
        _children?.Find(name) ?? ActorRefs.Nobody;

    /// <summary>By name, or by name#uid.</summary>
    public IInternalActorRef GetSingleChild(string name)
    {
        var (nameOnly, uid) = ActorPath.SplitNameAndUid(name);
        var child = GetChildByName(nameOnly);
        return uid == UndefinedUid || child.Path.Uid == uid ? child : ActorRefs.Nobody;
    }

    public void Stop(IActorRef child)
    {
        _children?.ShallDie(child);
        ((IInternalActorRef)child).Stop();
    }

    internal void ReserveChild(string name) => OwnChildren.Reserve(name, _self);

    internal void InitChild(IInternalActorRef child) => OwnChildren.Add(child, out _);

    /// <summary>So many more are about to be made.</summary>
    private protected void ExpectChildren(int more) => OwnChildren.Expect(more);

    private IInternalActorRef MakeChild(Props props, string? name, bool isSystemService)
    {
        ArgumentNullException.ThrowIfNull(props);
        var actualName = name is null ? NextName() : CheckName(name);
        var children = OwnChildren;
        children.Reserve(actualName, _self);
        IInternalActorRef child;
        try
        {
            child = _system.Provider.ActorOf(_system, props, _self, new ChildActorPath(_self.Path, actualName, NewUid()), isSystemService, deploy: null!, lookupDeploy: true, async: false);
        }
        catch
        {
            children.Unreserve(actualName);
            throw;
        }
        // What a failed parent makes (in PreRestart, say) is resumed with it, as often as it was suspended. An asynchronous turn suspends the
        // mailbox as well, but resumes no child.
        if (IsFailed)
            for (var i = Mailbox.SuspendCount; i > 0; i--) child.Suspend();

        // The parent may have begun to stop after the name was reserved (children of guardians come from any thread).
        var added = children.Add(child, out var mustStop);
        child.Start();
        if (!mustStop) return child;
        if (added) Stop(child);
        else child.Stop();
        return child;
    }

    internal static long NewUid()
    {
        long uid;
        do uid = Random.Shared.NextInt64();
        while (uid == UndefinedUid);
        return uid;
    }

    private string NextName()
    {
        Span<char> name = stackalloc char[13];
        name[0] = '$';
        var length = 1;
        var value = OwnChildren.NextNumber();
        do
        {
            name[length++] = NameAlphabet[(int)(value & 63)];
            value >>= 6;
        }
        while (value > 0);
        return new string(name[..length]);
    }

    private static string CheckName(string name)
    {
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (ActorPath.IsValidPathElement(name)) return name;
        var at = name[0] == '$' ? 0 : ActorPath.IndexOfInvalid(name);
        throw new InvalidActorNameException($"Invalid actor path element [{name}]{(at >= 0 ? $": '{name[at]}' at index {at} is not allowed there" : "")}. "
            + $"Actor paths MUST: not start with `$`, include only ASCII letters and can only contain these special characters: {ActorPath.ValidSymbols}.");
    }

    private bool IsTerminating => _children is { IsTerminating: true };

    private bool IsWaitingForChildren => _children is { Reason: SuspendReason.Recreation or SuspendReason.Creation };

    private void SuspendChildren(IActorRef? exceptFor)
    {
        if (_children is null) return;
        foreach (var child in _children.Refs())
            if (exceptFor is null || !child.Equals(exceptFor)) child.Suspend();
    }

    private void ResumeChildren(Exception? causedByFailure, IActorRef? perpetrator)
    {
        if (_children is null) return;
        foreach (var child in _children.Refs())
            child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    /// <summary>Hardly a strategy looks at them, and a list for every one of many children that stop would cost their number squared.</summary>
    private IEnumerable<IInternalActorRef> ChildrenWhenAsked()
    {
        foreach (var child in GetChildren()) yield return child;
    }

    private void StopChildren()
    {
        if (_children is null) return;
        foreach (var child in _children.Refs()) Stop(child);
    }
}
