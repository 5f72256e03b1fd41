using System.Linq.Expressions;
using Akka.Dispatch;
using Akka.Routing;

namespace Akka.Actor;

/// <summary>Makes actors by means of its own.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }
    ActorBase Produce();
    void Release(ActorBase actor);
}

/// <summary>The immutable recipe of an actor: its type, its arguments and where it runs.</summary>
public class Props : IEquatable<Props>
{
    public static readonly Props None = new();

    private static readonly object[] NoArguments = [];

    private readonly IIndirectActorProducer? _producer;
    internal Mailboxes.Choice? MailboxChoice; // forgotten by every copy

    protected Props()
    {
        Type = typeof(EmptyActor);
        Arguments = NoArguments;
        Deploy = Deploy.Local;
    }

    protected Props(Props copy) : this(copy, copy.Deploy, copy.SupervisorStrategy) { }

    private Props(Props copy, Deploy deploy, SupervisorStrategy? supervisorStrategy)
    {
        Type = copy.Type;
        Arguments = copy.Arguments;
        _producer = copy._producer;
        Deploy = deploy;
        SupervisorStrategy = supervisorStrategy;
    }

    public Props(Type type) : this(Deploy.Local, type, NoArguments) { }

    public Props(Type type, object[] args) : this(Deploy.Local, type, args) { }

    public Props(Type type, SupervisorStrategy? supervisorStrategy, params object[] args) : this(Deploy.Local, type, args) => SupervisorStrategy = supervisorStrategy;

    public Props(Deploy deploy, Type type, params object[] args) : this(deploy, type, producer: null, args) { }

    private Props(Deploy deploy, Type type, IIndirectActorProducer? producer, object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (producer is null && !typeof(ActorBase).IsAssignableFrom(type) && !typeof(IIndirectActorProducer).IsAssignableFrom(type))
            throw new ArgumentException($"Unknown actor producer [{type.FullName}]: an actor derives from ActorBase, a producer implements IIndirectActorProducer.", nameof(type));
        Deploy = deploy;
        Type = type;
        Arguments = args ?? NoArguments;
        _producer = producer;
    }

    public static Props Empty { get; } = Create<EmptyActor>();

    public Type Type { get; private set; }
    public string TypeName => Type.AssemblyQualifiedName ?? Type.Name;
    public object[] Arguments { get; private set; }
    public Deploy Deploy { get; protected set; }
    public SupervisorStrategy? SupervisorStrategy { get; protected set; }
    public string Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven ? Dispatchers.DefaultDispatcherId : Deploy.Dispatcher;
    public string Mailbox => Deploy.Mailbox == Deploy.NoMailboxGiven ? Mailboxes.DefaultMailboxId : Deploy.Mailbox;
    public RouterConfig RouterConfig => Deploy.RouterConfig;

    /// <summary>From an expression of the form <c>() =&gt; new TActor(args)</c>; the arguments are evaluated once, now.</summary>
    /// <exception cref="ArgumentException">The expression is not a constructor call.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The create function must be a 'new T (parameters)' expression", nameof(factory));
        var args = creation.Arguments.Count == 0 ? NoArguments : new object[creation.Arguments.Count];
        for (var i = 0; i < args.Length; i++) args[i] = Evaluate(creation.Arguments[i])!;
        return new Props(typeof(TActor), supervisorStrategy, args);
    }

    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => new(typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() => new(typeof(TActor), supervisorStrategy, NoArguments);

    /// <exception cref="ArgumentNullException"><paramref name="type"/> is null.</exception>
    public static Props Create(Type type, params object[] args)
    {
        if (type is null) throw new ArgumentNullException(nameof(type), "Props must be instantiated with an actor type.");
        return new Props(type, args);
    }

    public static Props CreateBy<TProducer>(params object[] args) where TProducer : class, IIndirectActorProducer => new(typeof(TProducer), args);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(Deploy.Local, producer.ActorType, producer, args);

    public Props WithMailbox(string mailbox) => With(Deploy.WithMailbox(mailbox));
    public Props WithDispatcher(string dispatcher) => With(Deploy.WithDispatcher(dispatcher));
    public Props WithRouter(RouterConfig routerConfig) => With(Deploy.WithRouterConfig(routerConfig));
    public Props WithDeploy(Deploy deploy) => With(deploy.WithFallback(Deploy));
    public Props WithStashCapacity(int stashCapacity) => With(Deploy.WithStashCapacity(stashCapacity));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy)
    {
        var copy = Copy();
        copy.SupervisorStrategy = supervisorStrategy;
        return copy;
    }

    protected virtual Props Copy() => new(this);

    private Props With(Deploy deploy)
    {
        var copy = Copy();
        copy.Deploy = deploy;
        return copy;
    }

    /// <summary>Makes the instance. Called on the actor's own turn only.</summary>
    /// <exception cref="TypeLoadException">No constructor fits the arguments, or the constructor threw: see the inner exception.</exception>
    public virtual ActorBase NewActor()
    {
        try
        {
            if (_producer is not null) return _producer.Produce();
            var made = ActorFactory.Create(Type, Arguments);
            return made as ActorBase ?? ((IIndirectActorProducer)made).Produce();
        }
        catch (Exception e)
        {
            throw new TypeLoadException($"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({string.Join(",", Arguments)})", e);
        }
    }

    internal void Release(ActorBase actor) => _producer?.Release(actor);

    public bool Equals(Props? other)
    {
        if (ReferenceEquals(this, other)) return true;
        return other is not null && Type == other.Type && ReferenceEquals(_producer, other._producer) && Deploy.Equals(other.Deploy)
            && Equals(SupervisorStrategy, other.SupervisorStrategy) && Arguments.AsSpan().SequenceEqual(other.Arguments);
    }

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Arguments.Length, Dispatcher, Mailbox);

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: System.Reflection.FieldInfo field } member => field.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        MemberExpression { Member: System.Reflection.PropertyInfo property } member => property.GetValue(member.Expression is null ? null : Evaluate(member.Expression)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert when convert.Type.IsAssignableFrom(convert.Operand.Type) => Evaluate(convert.Operand),
        // Compiled, not interpreted: an interpreted lambda among the arguments would pass ref arguments by copy, which breaks Interlocked.
        _ => Expression.Lambda(expression).Compile().DynamicInvoke(),
    };

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}

/// <summary>The recipe left behind in the cell of a stopped actor.</summary>
public class TerminatedProps : Props
{
    public TerminatedProps() { }

    public override ActorBase NewActor() => throw new InvalidOperationException("This actor has been terminated");
}
