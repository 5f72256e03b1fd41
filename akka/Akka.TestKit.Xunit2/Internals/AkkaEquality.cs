using System.Collections;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Equality as a test means it: by the type's own comparison, and sequences item by item.</summary>
internal static class AkkaEquality
{
    public static bool AreEqual<T>(T x, T y)
    {
        if (x is null || y is null) return x is null && y is null;
        return x switch
        {
            IEquatable<T> equatable => equatable.Equals(y),
            IComparable<T> comparable => comparable.CompareTo(y) == 0,
            IComparable comparable => comparable.CompareTo(y) == 0,
            IEnumerable left when y is IEnumerable right => ItemsAreEqual(left, right),
            _ => x.GetType() == y.GetType() && Equals(x, y)
        };
    }

    private static bool ItemsAreEqual(IEnumerable left, IEnumerable right)
    {
        var (x, y) = (left.GetEnumerator(), right.GetEnumerator());
        while (true)
        {
            var (more, moreRight) = (x.MoveNext(), y.MoveNext());
            if (!more || !moreRight) return more == moreRight;
            if (!AreEqual<object?>(x.Current, y.Current)) return false;
        }
    }
}
