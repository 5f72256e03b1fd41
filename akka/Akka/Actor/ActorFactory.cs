using System.Collections.Concurrent;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Makes instances by type and arguments, fast where just one constructor takes that many.</summary>
internal static class ActorFactory
{
    private const BindingFlags AnyConstructor = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly ConcurrentDictionary<(Type Type, int Arguments), Candidate?> Candidates = new();

    /// <exception cref="MissingMethodException">No constructor fits.</exception>
    internal static object Create(Type type, object[] args)
    {
        var only = Candidates.GetOrAdd((type, args.Length), static key => Find(key.Type, key.Arguments));
        if (only is not null && only.Fits(args)) return only.Invoker.Invoke(new Span<object?>(args));
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

    private static Candidate? Find(Type type, int arguments)
    {
        if (type.IsAbstract) return null;
        ConstructorInfo? found = null;
        foreach (var constructor in type.GetConstructors(AnyConstructor))
        {
            if (constructor.GetParameters().Length != arguments) continue;
            if (found is not null) return null;
            found = constructor;
        }
        return found is null ? null : new Candidate(ConstructorInvoker.Create(found), Array.ConvertAll(found.GetParameters(), p => p.ParameterType));
    }

    private sealed record Candidate(ConstructorInvoker Invoker, Type[] Parameters)
    {
        internal bool Fits(object[] args)
        {
            for (var i = 0; i < args.Length; i++)
            {
                var type = Parameters[i];
                if (args[i] is null ? type.IsValueType && Nullable.GetUnderlyingType(type) is null : !type.IsInstanceOfType(args[i])) return false;
            }
            return true;
        }
    }
}
