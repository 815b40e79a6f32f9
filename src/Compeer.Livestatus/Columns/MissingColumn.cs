using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Columns;

/// <summary>A column that the table does not have. As at Naemon that is no error, because clients ask for columns of later versions too:
/// it has no value, and no filter accepts it.</summary>
internal sealed class MissingColumn(string name) : Column(name, "")
{
    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Null;

    /// <inheritdoc/>
    public override void Write(in Row row, QueryScope scope, ValueWriter writer) => writer.Nothing();
}
