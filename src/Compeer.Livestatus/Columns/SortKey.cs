namespace Compeer.Livestatus.Columns;

/// <summary>What a row is sorted by.</summary>
/// <param name="Number">A whole number.</param>
/// <param name="Fraction">A number with a fraction.</param>
/// <param name="Text">A text; null where it is a number.</param>
internal readonly record struct SortKey(long Number, double Fraction, byte[]? Text) : IComparable<SortKey>
{
    /// <inheritdoc/>
    public int CompareTo(SortKey other)
    {
        var order = Number.CompareTo(other.Number);
        order = order != 0 ? order : Fraction.CompareTo(other.Fraction);
        return order != 0 ? order : Text.AsSpan().SequenceCompareTo(other.Text);
    }
}
