using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes instances by type and arguments, fast where just one constructor takes that many.</summary>
internal static class ActorFactory
{
    private const BindingFlags AnyConstructor = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly ConcurrentDictionary<Type, Candidate[]> Candidates = new();

    /// <exception cref="MissingMethodException">No constructor fits.</exception>
    internal static object Create(Type type, object[] args)
    {
        foreach (var candidate in Candidates.GetOrAdd(type, static t => Find(t)))
            if (candidate.Fits(args)) return candidate.Invoker.Invoke(new Span<object?>(args));
        try
        {
            // Overloads and optional parameters: the binder picks.
            return Activator.CreateInstance(type, AnyConstructor | BindingFlags.CreateInstance | BindingFlags.OptionalParamBinding, binder: null, args, culture: null)!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    /// <summary>The constructors that share their number of parameters with no other.</summary>
    private static Candidate[] Find(Type type)
    {
        var found = new List<Candidate>();
        if (type.IsAbstract) return [];
        var constructors = type.GetConstructors(AnyConstructor);
        foreach (var constructor in constructors)
        {
            var parameters = constructor.GetParameters();
            var alike = 0;
            foreach (var other in constructors)
                if (other.GetParameters().Length == parameters.Length) alike++;
            if (alike == 1) found.Add(new Candidate(ConstructorInvoker.Create(constructor), Array.ConvertAll(parameters, p => p.ParameterType)));
        }
        return [.. found];
    }

    private sealed class Candidate(ConstructorInvoker invoker, Type[] parameters)
    {
        internal ConstructorInvoker Invoker => invoker;

        internal bool Fits(object[] args)
        {
            if (args.Length != parameters.Length) return false;
            for (var i = 0; i < args.Length; i++)
            {
                var type = parameters[i];
                if (args[i] is null ? type.IsValueType && Nullable.GetUnderlyingType(type) is null : !type.IsInstanceOfType(args[i])) return false;
            }
            return true;
        }
    }
}
