using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>Of a column that the table does not have: nothing.</summary>
internal sealed class MissingAggregator : Aggregator
{
    /// <inheritdoc/>
    public override void Take(in Row row, QueryScope scope)
    {
    }

    /// <inheritdoc/>
    public override void Write(ValueWriter writer) => writer.Nothing();
}
