using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    protected SelectionPathElement() { }
}

/// <summary>To the child of that name.</summary>
public class SelectChildName : SelectionPathElement
{
    public SelectChildName(string name) => Name = name;

    public string Name { get; }

    protected bool Equals(SelectChildName other) => Name == other.Name;
    public override bool Equals(object? obj) => obj is SelectChildName other && Equals(other);
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Name;
}

/// <summary>To the children whose names match, with * and ?.</summary>
public class SelectChildPattern : SelectionPathElement
{
    public SelectChildPattern(string patternStr) => PatternStr = patternStr;

    public string PatternStr { get; }

    internal bool Matches(string name) => Regex.IsMatch(name, "^" + Regex.Escape(PatternStr).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.Singleline);

    protected bool Equals(SelectChildPattern other) => PatternStr == other.PatternStr;
    public override bool Equals(object? obj) => obj is SelectChildPattern other && Equals(other);
    public override int GetHashCode() => PatternStr.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => PatternStr;
}

/// <summary>To the parent.</summary>
public class SelectParent : SelectionPathElement
{
    public SelectParent() { }

    public override bool Equals(object? obj) => obj is SelectParent;
    public override int GetHashCode() => 2;
    public override string ToString() => "..";
}

/// <summary>A message on its way along a selection.</summary>
public class ActorSelectionMessage : IAutoReceivedMessage, IPossiblyHarmful, IWrappedMessage
{
    public ActorSelectionMessage(object message, SelectionPathElement[] elements, bool wildCardFanOut = false)
    {
        Message = message;
        Elements = elements;
        WildCardFanOut = wildCardFanOut;
    }

    public object Message { get; }
    public SelectionPathElement[] Elements { get; }

    /// <summary>More than one actor may be reached, so that nobody answers for the missing.</summary>
    public bool WildCardFanOut { get; }

    public override string ToString() => $"ActorSelectionMessage - Message: {Message} - WildCartFanOut: {WildCardFanOut} - Elements: {string.Join("/", (object[])Elements)}";
}

/// <summary>A path from an anchor, walked anew for each message, so it reaches whoever lives there then.</summary>
public class ActorSelection : ICanTell
{
    private static readonly SelectParent Parent = new();

    public ActorSelection()
    {
        Anchor = ActorRefs.Nobody;
        Path = [];
    }

    public ActorSelection(IActorRef anchor, SelectionPathElement[] path)
    {
        Anchor = anchor;
        Path = path;
    }

    public ActorSelection(IActorRef anchor, string path) : this(anchor, string.IsNullOrEmpty(path) ? [] : (IEnumerable<string>)path.Split('/')) { }

    public ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        var path = new List<SelectionPathElement>();
        foreach (var element in elements)
        {
            if (element.Length == 0) continue;
            path.Add(element == ".." ? Parent : element.AsSpan().IndexOfAny('*', '?') >= 0 ? new SelectChildPattern(element) : new SelectChildName(element));
        }
        Path = [.. path];
    }

    public IActorRef Anchor { get; private set; }
    public SelectionPathElement[] Path { get; private set; }
    public string PathString => "/" + string.Join("/", (object[])Path);

    public void Tell(object message, IActorRef? sender = null)
    {
        sender ??= ActorCell.GetCurrentSelfOrNoSender();
        DeliverSelection((IInternalActorRef)Anchor, sender, new ActorSelectionMessage(message, Path));
    }

    /// <summary>The one actor that answers there.</summary>
    /// <exception cref="ActorNotFoundException">Nobody answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        ActorIdentity identity;
        try
        {
            identity = await this.Ask<ActorIdentity>(new Identify(null!), timeout, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AskTimeoutException or TaskCanceledException)
        {
            throw new ActorNotFoundException($"No actor answered under {this} within {timeout}.", e);
        }
        return identity.Subject ?? throw new ActorNotFoundException($"There is no actor under {this}.");
    }

    /// <summary>Walks as far as references of this process go; what is not found is answered, or becomes a dead letter.</summary>
    internal static void DeliverSelection(IInternalActorRef anchor, IActorRef? sender, ActorSelectionMessage selection)
    {
        if (selection.Elements.Length == 0)
        {
            anchor.Tell(selection.Message, sender);
            return;
        }
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            if (current is not ActorRefWithCell withCell)
            {
                current.Tell(new ActorSelectionMessage(selection.Message, selection.Elements[i..], selection.WildCardFanOut), sender);
                return;
            }
            switch (selection.Elements[i])
            {
                case SelectParent:
                    current = withCell.Parent;
                    break;
                case SelectChildName name:
                    var child = withCell.GetSingleChild(name.Name);
                    if (child is Nobody)
                    {
                        if (!selection.WildCardFanOut) NotFound(withCell, sender, selection, i);
                        return;
                    }
                    current = child;
                    break;
                case SelectChildPattern pattern:
                    FanOut(withCell, sender, selection, i, pattern);
                    return;
            }
        }
        current.Tell(selection.Message, sender);
    }

    private static void FanOut(ActorRefWithCell parent, IActorRef? sender, ActorSelectionMessage selection, int index, SelectChildPattern pattern)
    {
        var matching = new List<IInternalActorRef>();
        foreach (var child in parent.Children)
            if (pattern.Matches(child.Path.Name)) matching.Add((IInternalActorRef)child);
        var rest = selection.Elements[(index + 1)..];
        if (matching.Count == 0 && !selection.WildCardFanOut)
        {
            NotFound(parent, sender, selection, index);
            return;
        }
        var wild = new ActorSelectionMessage(selection.Message, rest, selection.WildCardFanOut || matching.Count > 1);
        foreach (var child in matching)
        {
            if (rest.Length == 0) child.Tell(selection.Message, sender);
            else DeliverSelection(child, sender, wild);
        }
    }

    private static void NotFound(ActorRefWithCell from, IActorRef? sender, ActorSelectionMessage selection, int index)
    {
        var path = from.Path;
        for (var i = index; i < selection.Elements.Length; i++)
            path = selection.Elements[i] is SelectParent ? path.Parent : new ChildActorPath(path, selection.Elements[i].ToString()!, ActorCell.UndefinedUid);
        new EmptyLocalActorRef(from.Provider, path, ((ActorCell)from.Underlying).System.EventStream).Tell(selection.Message, sender);
    }

    protected bool Equals(ActorSelection other) => Equals(Anchor, other.Anchor) && Path.AsSpan().SequenceEqual(other.Path);
    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is ActorSelection other && Equals(other));
    public override int GetHashCode() => HashCode.Combine(Anchor, Path.Length);
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";
}

/// <summary>Makes selections from text.</summary>
public static class ActorRefFactoryShared
{
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        return new ActorSelection(provider.RootGuardianAt(actorPath.Address), actorPath.Elements);
    }

    /// <exception cref="ArgumentNullException">No path.</exception>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        ArgumentNullException.ThrowIfNull(path);
        var provider = ((ExtendedActorSystem)system).Provider;
        if (RelativeActorPath.Unapply(path) is { } elements)
        {
            var fromRoot = path.StartsWith('/');
            return new ActorSelection(fromRoot ? provider.RootGuardian : lookupRoot, elements);
        }
        return ActorPath.TryParse(path, out var actorPath)
            ? new ActorSelection(provider.RootGuardianAt(actorPath!.Address), actorPath.Elements)
            : new ActorSelection(provider.DeadLetters, "");
    }

    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path);
}

/// <summary>Shorthands for making actors and selections.</summary>
public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null) where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);

    public static ActorSelection ActorSelection(this IActorRefFactory factory, IActorRef anchorRef, string actorPath) => ActorRefFactoryShared.ActorSelection(anchorRef, actorPath);
}
