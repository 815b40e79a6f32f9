using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Planning;

/// <summary>
/// Writes rows. Services of one host follow each other, and half of a service's columns are its host's: columns of the host that stand side
/// by side are written once for each host, and copied for its further services.
/// </summary>
internal sealed class RowWriter : IDisposable
{
    private readonly ValueWriter _writer;
    private readonly QueryScope _scope;
    private readonly ImmutableArray<Part> _parts;

    /// <summary>For the rows of one answer.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="scope">The moment.</param>
    /// <param name="writer">Writes the answer.</param>
    /// <param name="limit">How many bytes it may have.</param>
    public RowWriter(ImmutableArray<Column> columns, QueryScope scope, ValueWriter writer, long limit)
    {
        _writer = writer;
        _scope = scope;
        var parts = ImmutableArray.CreateBuilder<Part>();
        for (var first = 0; first < columns.Length;)
        {
            var end = first + 1;
            while (end < columns.Length && columns[end].IsOfHost == columns[first].IsOfHost)
            {
                end++;
            }

            parts.Add(new Part([.. columns.AsSpan()[first..end]], columns[first].IsOfHost ? new ResponseBuffer(limit) : null));
            first = end;
        }

        _parts = parts.ToImmutable();
    }

    /// <summary>Writes a row.</summary>
    public void Write(in Row row)
    {
        _writer.BeginRow();
        foreach (var part in _parts)
        {
            if (part.Kept is not { } kept)
            {
                Write(part.Columns, row, _writer);
                continue;
            }

            if (!ReferenceEquals(part.Host, row.Host))
            {
                kept.Clear();
                part.Writer ??= _writer.To(kept);
                part.Writer.BeginFields();
                Write(part.Columns, row, part.Writer);
                part.Host = row.Host;
            }

            _writer.Fields(kept);
        }

        _writer.EndRow();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Kept?.Dispose();
        }
    }

    private void Write(Column[] columns, in Row row, ValueWriter writer)
    {
        foreach (var column in columns)
        {
            writer.NextField();
            column.Write(row, _scope, writer);
        }
    }

    /// <summary>Columns that stand side by side.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="kept">Where they are kept, when they are of the host.</param>
    private sealed class Part(Column[] columns, ResponseBuffer? kept)
    {
        public Column[] Columns => columns;

        public ResponseBuffer? Kept => kept;

        /// <summary>Writes them there.</summary>
        public ValueWriter? Writer { get; set; }

        /// <summary>Of which host they are kept.</summary>
        public HostDefinition? Host { get; set; }
    }
}
