using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Stats;

/// <summary>Makes one value of many rows.</summary>
internal abstract class Aggregator
{
    /// <summary>Takes a row in.</summary>
    public abstract void Take(in Row row, QueryScope scope);

    /// <summary>Writes the value.</summary>
    public abstract void Write(ValueWriter writer);
}
