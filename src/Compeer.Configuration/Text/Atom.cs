namespace Compeer.Configuration.Text;

/// <summary>A value of a configuration by its number in the table of all distinct ones; equal values have equal numbers.</summary>
/// <param name="Number">The number; below 0 there is no value.</param>
internal readonly record struct Atom(int Number) : IComparable<Atom>
{
    /// <summary>No value: not set, or not known.</summary>
    public static Atom Unset => new(-1);

    /// <summary>The word <c>null</c>: set to nothing, so that nothing is inherited.</summary>
    public static Atom Null => new(-2);

    /// <summary>Whether it is a value, and neither <see cref="Unset"/> nor <see cref="Null"/>.</summary>
    public bool IsValue => Number >= 0;

    /// <inheritdoc/>
    public int CompareTo(Atom other) => Number.CompareTo(other.Number);
}
