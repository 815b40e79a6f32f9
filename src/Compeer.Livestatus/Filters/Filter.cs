using System.Numerics;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Says which rows are wanted.</summary>
internal abstract class Filter
{
    /// <summary>Whether a row is.</summary>
    public abstract bool Accepts(in Row row, QueryScope scope);

    /// <summary>Leaves of the rows that are chosen those that are wanted.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="mask">Which are chosen, one bit each.</param>
    public virtual void Narrow(RowBatch batch, Span<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
        {
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                if (!Accepts(batch[(64 * word) + bit], batch.Scope))
                {
                    mask[word] &= ~(1UL << bit);
                }
            }
        }
    }

    /// <summary>The one text that this column must have, or contain, in every row that is accepted; null when that is not known. With it
    /// a table need not look at every row.</summary>
    public virtual string? PinOf(string column) => null;

    /// <summary>In which range this column, a whole number or a time, is in every row that is accepted.</summary>
    public virtual NumberRange RangeOf(string column, QueryScope scope) => NumberRange.All;
}
