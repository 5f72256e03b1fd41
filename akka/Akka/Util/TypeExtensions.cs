using System.Collections.Concurrent;

namespace Akka.Util;

/// <summary>Questions about types.</summary>
public static class TypeExtensions
{
    private static readonly ConcurrentDictionary<Type, string> QualifiedNames = new();

    public static bool Implements<T>(this Type type) => Implements(type, typeof(T));

    public static bool Implements(this Type type, Type moreGeneralType) => moreGeneralType.IsAssignableFrom(type);

    /// <summary>Name and assembly without version, culture and key, so that both sides of a rolling update agree.</summary>
    public static string TypeQualifiedName(this Type type) => QualifiedNames.GetOrAdd(type, static t => AppendQualified(t));

    private static string AppendQualified(Type type) => $"{FullName(type)}, {AssemblyName(type)}";

    private static string FullName(Type type)
    {
        if (type.IsArray) return $"{FullName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsConstructedGenericType) return type.FullName!;
        var arguments = string.Join(",", Array.ConvertAll(type.GetGenericArguments(), static a => $"[{AppendQualified(a)}]"));
        return $"{type.GetGenericTypeDefinition().FullName}[{arguments}]";
    }

    // The home of the base types is called by the name that every runtime forwards to its own.
    private static string AssemblyName(Type type)
    {
        var name = type.Assembly.GetName().Name!;
        return name == "System.Private.CoreLib" ? "mscorlib" : name;
    }
}
