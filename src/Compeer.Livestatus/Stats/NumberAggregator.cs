using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>A function of a column of numbers.</summary>
/// <param name="function">Which.</param>
/// <param name="isWhole">Whether the column's numbers are whole: then Naemon writes all but means and deviations so.</param>
/// <param name="value">The number in a row.</param>
internal sealed class NumberAggregator(StatsFunction function, bool isWhole, NumberAggregator.Getter value) : Aggregator
{
    private Series _series;

    /// <summary>Gives the number in a row.</summary>
    public delegate double Getter(in Row row, QueryScope scope);

    /// <inheritdoc/>
    public override void Take(in Row row, QueryScope scope) => _series.Add(value(row, scope));

    /// <inheritdoc/>
    public override void Write(ValueWriter writer)
    {
        var result = _series.Of(function);
        if (isWhole && function is not (StatsFunction.Avg or StatsFunction.Std))
        {
            writer.Number(double.IsFinite(result) ? (long)result : 0);
        }
        else
        {
            writer.Fraction(result);
        }
    }
}
