using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Compeer.Engine.Model;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Filters;

/// <summary>Compares a whole number, or a time as the client's clock shows it.</summary>
internal sealed class NumberFilter(NumberColumn column, FilterOperator how, long reference) : Filter
{
    /// <inheritdoc/>
    public override bool Accepts(in Row row, QueryScope scope) =>
        Accepts(column.ValueOf(row, scope) + (column.IsTime ? scope.TimeOffset : 0));

    /// <inheritdoc/>
    public override void Narrow(RowBatch batch, Span<ulong> mask)
    {
        if (column.Field is { } field)
        {
            Narrow(batch.Bytes(field), mask);
        }
        else if (!column.IsZero(batch.Scope))
        {
            base.Narrow(batch, mask);
        }
        else if (!Accepts(0))
        {
            mask.Clear();
        }
    }

    private bool Accepts(long value)
    {
        var isSo = how.Comparison switch
        {
            Comparison.Equal => value == reference,
            Comparison.Less => value < reference,
            _ => value > reference,
        };
        return isSo != how.IsNegated;
    }

    /// <summary>The same for numbers that are bytes, 32 at a time.</summary>
    private void Narrow(ReadOnlySpan<byte> values, Span<ulong> mask)
    {
        if (reference is < byte.MinValue or > byte.MaxValue)
        {
            // All are on one side of it.
            if (!Accepts(0))
            {
                mask.Clear();
            }

            return;
        }

        Span<byte> whole = stackalloc byte[StateBlock.Size];
        values.CopyTo(whole);
        var words = MemoryMarshal.Cast<ulong, uint>(mask);
        var other = Vector256.Create((byte)reference);
        var turn = how.IsNegated ? uint.MaxValue : 0;
        for (var word = 0; word < words.Length; word++)
        {
            var these = Vector256.Create<byte>(whole.Slice(word * Vector256<byte>.Count, Vector256<byte>.Count));
            var isSo = how.Comparison switch
            {
                Comparison.Equal => Vector256.Equals(these, other),
                Comparison.Less => Vector256.LessThan(these, other),
                _ => Vector256.GreaterThan(these, other),
            };
            words[word] &= isSo.ExtractMostSignificantBits() ^ turn;
        }
    }

    /// <inheritdoc/>
    public override NumberRange RangeOf(string name, QueryScope scope)
    {
        if (name != column.Name)
        {
            return NumberRange.All;
        }

        var value = reference - (column.IsTime ? scope.TimeOffset : 0);
        return (how.Comparison, how.IsNegated) switch
        {
            (Comparison.Equal, false) => new NumberRange(value, value),
            (Comparison.Equal, true) => NumberRange.All,
            (Comparison.Less, false) => NumberRange.All with { Most = value - 1 },
            (Comparison.Less, true) => NumberRange.All with { Least = value },
            (_, false) => NumberRange.All with { Least = value + 1 },
            (_, true) => NumberRange.All with { Most = value },
        };
    }
}
