using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Says which rows are wanted.</summary>
internal abstract class Filter
{
    /// <summary>Whether a row is.</summary>
    public abstract bool Accepts(in Row row, QueryScope scope);

    /// <summary>The one text that this column must have, or contain, in every row that is accepted; null when that is not known. With it
    /// a table need not look at every row.</summary>
    public virtual string? PinOf(string column) => null;
}
