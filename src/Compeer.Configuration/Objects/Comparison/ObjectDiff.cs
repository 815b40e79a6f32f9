using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Comparison;

/// <summary>What a reload changes among the objects of one type, each list in the order of names.</summary>
/// <param name="Added">In the new configuration only.</param>
/// <param name="Removed">In the old one only.</param>
/// <param name="Changed">In both, and different.</param>
/// <param name="Unchanged">In both, and the same; the instances and their indexes can differ.</param>
public sealed record ObjectDiff<T>(
    ImmutableArray<T> Added,
    ImmutableArray<T> Removed,
    ImmutableArray<(T Before, T After)> Changed,
    ImmutableArray<(T Before, T After)> Unchanged)
{
    /// <summary>Whether nothing is different.</summary>
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty;
}

/// <summary>Makes <see cref="ObjectDiff{T}"/>s.</summary>
internal static class ObjectDiff
{
    /// <summary>Compares two lists that are in the order of <paramref name="compare"/>.</summary>
    public static ObjectDiff<T> Of<T>(
        ImmutableArray<T> before, ImmutableArray<T> after, Comparison<T> compare, Func<T, T, bool> same)
    {
        var added = ImmutableArray.CreateBuilder<T>();
        var removed = ImmutableArray.CreateBuilder<T>();
        var changed = ImmutableArray.CreateBuilder<(T, T)>();
        var unchanged = ImmutableArray.CreateBuilder<(T, T)>(Math.Min(before.Length, after.Length));
        var old = 0;
        var next = 0;
        while (old < before.Length || next < after.Length)
        {
            var order = old == before.Length ? 1 : next == after.Length ? -1 : compare(before[old], after[next]);
            if (order < 0)
            {
                removed.Add(before[old++]);
            }
            else if (order > 0)
            {
                added.Add(after[next++]);
            }
            else
            {
                (same(before[old], after[next]) ? unchanged : changed).Add((before[old++], after[next++]));
            }
        }

        return new ObjectDiff<T>(
            added.ToImmutable(), removed.ToImmutable(), changed.ToImmutable(), unchanged.ToImmutable());
    }
}
