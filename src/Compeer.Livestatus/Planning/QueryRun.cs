using System.Collections.Immutable;
using System.Numerics;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Scope;
using Compeer.Livestatus.Stats;
using Compeer.Livestatus.Syntax;

namespace Compeer.Livestatus.Planning;

/// <summary>Answers one query from one moment.</summary>
/// <param name="plan">What is asked.</param>
/// <param name="scope">The moment.</param>
/// <param name="buffer">Where the answer goes.</param>
/// <param name="isLatin1">Whether texts are Latin-1.</param>
/// <param name="clock">Says for how long the query has run, and whether it is to end.</param>
internal sealed class QueryRun(QueryPlan plan, QueryScope scope, ResponseBuffer buffer, bool isLatin1, QueryClock clock)
{
    /// <summary>Rows between two looks at the clock.</summary>
    private const int RowsPerLook = 256;

    /// <summary>Roughly what a row that is kept for sorting or a group takes.</summary>
    private const int BytesPerKeptRow = 200;

    private readonly ValueWriter _writer = new(buffer, plan.Format, plan.Separators, isLatin1);
    private long _total;
    private long _kept;
    private RequestError? _end;

    private long? Most => plan.Limit is { } limit ? (long)limit + plan.Offset : null;

    /// <summary>Writes the answer.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    public RequestError? Execute()
    {
        if (plan.Table.WhyNot(scope, plan.Filter) is { } problem)
        {
            return new RequestError(ResponseCode.InvalidRequest, problem);
        }

        scope.IsTimeToEnd = IsTimeToEnd;
        _writer.Begin(plan.HasHeaders);
        if (plan.HasHeaders)
        {
            WriteHeaders();
        }

        var error = plan switch
        {
            { Stats.IsEmpty: false, Columns.IsEmpty: true } => WriteTotals(),
            { Stats.IsEmpty: false } => WriteGroups(),
            { Order.IsEmpty: false } => WriteSorted(),
            _ => WriteRows(),
        };
        _writer.End(_total);
        return _end ?? error ?? (buffer.IsOverLimit ? TooLarge() : null);
    }

    private static RequestError TooLarge() =>
        new(ResponseCode.LimitExceeded, "the answer is too large; ask for fewer rows or columns");

    private void WriteHeaders()
    {
        _writer.BeginRow();
        foreach (var column in plan.Columns)
        {
            _writer.NextField();
            _writer.Text(column.Name);
        }

        for (var number = 1; number <= plan.Stats.Length; number++)
        {
            _writer.NextField();
            _writer.Text($"stats_{number}");
        }

        _writer.EndRow();
        _writer.EndHeaders();
    }

    private RequestError? WriteRows()
    {
        using var rows = new RowWriter(plan.Columns, scope, _writer, buffer.Limit);
        foreach (var row in Wanted())
        {
            _total++;
            if (_total <= plan.Offset)
            {
                continue;
            }

            if (_total > Most)
            {
                // Only one format tells how many there would be.
                if (plan.Format == OutputFormat.WrappedJson)
                {
                    continue;
                }

                break;
            }

            rows.Write(row);
            if (buffer.IsOverLimit)
            {
                return TooLarge();
            }
        }

        return null;
    }

    private RequestError? WriteSorted()
    {
        var sorter = new RowSorter<Row>(WithNaturalOrder(), Most);
        foreach (var row in Wanted())
        {
            _total++;
            sorter.Add(row, scope, row);
            if (Most is null && !MayKeepOneMore(BytesPerKeptRow))
            {
                return TooLarge();
            }
        }

        using var rows = new RowWriter(plan.Columns, scope, _writer, buffer.Limit);
        foreach (var row in Page(sorter.Take()))
        {
            rows.Write(row);
            if (buffer.IsOverLimit)
            {
                return TooLarge();
            }
        }

        return null;
    }

    private RequestError? WriteTotals()
    {
        Aggregator[] aggregators = [.. plan.Stats.Select(stats => stats.Begin())];
        if (plan.Table.Batches(scope, plan.Filter) is { } batch)
        {
            Take(batch, aggregators);
        }
        else
        {
            foreach (var row in Wanted())
            {
                Take(row, aggregators);
            }
        }

        _total = 1;
        _writer.BeginRow();
        Write(aggregators);
        _writer.EndRow();
        return null;
    }

    private RequestError? WriteGroups()
    {
        var groups = new Dictionary<string, (string[] Texts, Aggregator[] Aggregators)>(StringComparer.Ordinal);
        var sorter = new RowSorter<string>(WithNaturalOrder(), most: null);
        foreach (var row in Wanted())
        {
            string[] texts = [.. plan.Columns.Select(column => column.GroupText(row, scope))];
            var key = string.Join('\0', texts);
            if (!groups.TryGetValue(key, out var group))
            {
                if (!MayKeepOneMore(BytesPerKeptRow + (4L * key.Length) + (80L * plan.Stats.Length)))
                {
                    return TooLarge();
                }

                group = (texts, [.. plan.Stats.Select(stats => stats.Begin())]);
                groups.Add(key, group);
                sorter.Add(row, scope, key);
            }

            Take(row, group.Aggregators);
        }

        _total = groups.Count;
        foreach (var key in Page(sorter.Take()))
        {
            (var texts, var aggregators) = groups[key];
            _writer.BeginRow();
            foreach (var text in texts)
            {
                _writer.NextField();
                _writer.Text(text);
            }

            Write(aggregators);
            _writer.EndRow();
        }

        return null;
    }

    private ImmutableArray<SortColumn> WithNaturalOrder() =>
        [.. plan.Order, .. plan.Table.NaturalOrder.Select(column => new SortColumn(column, IsDescending: false))];

    private IEnumerable<T> Page<T>(IEnumerable<T> all)
    {
        var page = all.Skip(plan.Offset);
        return plan.Limit is { } limit ? page.Take(limit) : page;
    }

    /// <summary>The rows that are asked for, until it is time to end.</summary>
    private IEnumerable<Row> Wanted()
    {
        if (plan.Table.Batches(scope, plan.Filter) is { } batch)
        {
            var mask = new ulong[RowBatch.Words];
            while (Next(batch, mask))
            {
                for (var word = 0; word < mask.Length; word++)
                {
                    for (var bits = mask[word]; bits != 0; bits &= bits - 1)
                    {
                        yield return batch[(64 * word) + BitOperations.TrailingZeroCount(bits)];
                    }
                }
            }

            yield break;
        }

        var looked = 0L;
        foreach (var row in plan.Table.Rows(scope, plan.Filter))
        {
            if (looked++ % RowsPerLook == 0 && IsTimeToEnd())
            {
                yield break;
            }

            if (plan.Filter.Accepts(row, scope) && IsVisible(row))
            {
                yield return row;
            }
        }
    }

    /// <summary>Goes on to the next rows and chooses those that are asked for; false when there are none, or it is time to end.</summary>
    private bool Next(RowBatch batch, Span<ulong> mask)
    {
        if (!batch.MoveNext() || IsTimeToEnd())
        {
            return false;
        }

        batch.All(mask);
        plan.Filter.Narrow(batch, mask);
        for (var word = 0; scope.User is not null && word < mask.Length; word++)
        {
            for (var bits = mask[word]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                mask[word] &= IsVisible(batch[(64 * word) + bit]) ? ulong.MaxValue : ~(1UL << bit);
            }
        }

        return true;
    }

    private bool IsTimeToEnd()
    {
        _end = clock.WhyToEnd(plan.TimeLimit);
        return _end is not null;
    }

    private bool IsVisible(in Row row) => scope.User is null || plan.Table.IsVisible(row, scope.User);

    private bool MayKeepOneMore(long bytes)
    {
        _kept += bytes;
        return _kept <= buffer.Limit;
    }

    private void Take(RowBatch batch, Aggregator[] aggregators)
    {
        Span<ulong> mask = stackalloc ulong[RowBatch.Words];
        while (Next(batch, mask))
        {
            foreach (var aggregator in aggregators)
            {
                aggregator.Take(batch, mask);
            }
        }
    }

    private void Take(in Row row, Aggregator[] aggregators)
    {
        foreach (var aggregator in aggregators)
        {
            aggregator.Take(row, scope);
        }
    }

    private void Write(Aggregator[] aggregators)
    {
        foreach (var aggregator in aggregators)
        {
            _writer.NextField();
            aggregator.Write(_writer);
        }
    }
}
