namespace Compeer.Configuration.Objects.Syntax;

/// <summary>An object block of the files, before templates are applied.</summary>
/// <param name="Index">Its place among all blocks of all files, in the order in which they are read.</param>
internal readonly record struct RawId(int Index) : IComparable<RawId>
{
    /// <inheritdoc/>
    public int CompareTo(RawId other) => Index.CompareTo(other.Index);
}
