using System.Reflection;

namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>The numbers, times and choices that code can give to the product: found by reflection, so that none can be forgotten.</summary>
internal static class PublicValues
{
    private static readonly Assembly s_product = typeof(ITaskDispatcher).Assembly;

    /// <summary>Types that callers make and the product takes, with their settable members of these kinds.</summary>
    public static IReadOnlyList<PropertyInfo> Members { get; } =
    [
        .. from type in s_product.GetExportedTypes()
           where type.Name.EndsWith("Options", StringComparison.Ordinal) || typeof(Attribute).IsAssignableFrom(type)
           from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where property.SetMethod is { IsPublic: true } && IsValue(property.PropertyType)
           select property,
    ];

    /// <summary>Methods of builders, pools and roll-outs with parameters of these kinds.</summary>
    public static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. from type in s_product.GetExportedTypes()
           where type.Name.EndsWith("Builder", StringComparison.Ordinal) || type.IsInterface
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           where !method.IsSpecialName && method.GetParameters().Any(static parameter => IsValue(parameter.ParameterType))
           select method,
    ];

    /// <summary>Public types that end in Options and are taken by no public member, directly or inside another one: callers could set them, and nothing would come of it.</summary>
    public static IEnumerable<Type> UnusedOptions =>
        s_product.GetExportedTypes().Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal)).Except(
            from type in s_product.GetExportedTypes()
            from taken in type.GetMethods().Where(static method => !method.Name.StartsWith("op_", StringComparison.Ordinal) && method.Name != "Equals").SelectMany(static method => method.GetParameters())
            where taken.Member.DeclaringType != taken.ParameterType
            select taken.ParameterType);

    /// <summary>Values of a type that hardly anybody takes.</summary>
    public static IEnumerable<object> ExtremesOf(Type type)
    {
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        if (value.IsEnum)
            return [Enum.ToObject(value, 77)];
        if (value == typeof(TimeSpan))
            return [TimeSpan.MinValue, TimeSpan.FromDays(-1), TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan, TimeSpan.Zero, TimeSpan.FromDays(1000), TimeSpan.MaxValue];
        if (value == typeof(double))
            return [double.NaN, double.NegativeInfinity, double.MinValue, -1.0, 0.0, double.MaxValue, double.PositiveInfinity];
        return value == typeof(int) ? [int.MinValue, -1, 0, int.MaxValue] : [DateTimeOffset.MinValue, DateTimeOffset.MaxValue];
    }

    private static bool IsValue(Type type)
    {
        Type value = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>))
            value = type.GetGenericArguments()[0];
        return value.IsEnum || value == typeof(TimeSpan) || value == typeof(DateTimeOffset) || (value.IsPrimitive && value != typeof(bool) && value != typeof(char));
    }
}
