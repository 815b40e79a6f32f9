using System.Numerics;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>Makes one value of many rows.</summary>
internal abstract class Aggregator
{
    /// <summary>Takes a row in.</summary>
    public abstract void Take(in Row row, QueryScope scope);

    /// <summary>Takes the rows in that are chosen.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="mask">Which are chosen, one bit each.</param>
    public virtual void Take(RowBatch batch, ReadOnlySpan<ulong> mask)
    {
        for (var word = 0; word < mask.Length; word++)
        {
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
            {
                Take(batch[(64 * word) + BitOperations.TrailingZeroCount(bits)], batch.Scope);
            }
        }
    }

    /// <summary>Writes the value.</summary>
    public abstract void Write(ValueWriter writer);
}
