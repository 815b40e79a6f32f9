using System.Collections.Immutable;
using Compeer.Livestatus.Columns;
using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus.Planning;

/// <summary>Keeps rows in order, and of more than are asked for the first ones only.</summary>
/// <param name="order">The columns to sort by, the most important first; alike rows stay as they came.</param>
/// <param name="most">How many are asked for; null for all.</param>
internal sealed class RowSorter<T>(ImmutableArray<SortColumn> order, long? most)
{
    private const int Slack = 1_000;

    private readonly List<(SortKey[] Keys, long Number, T Item)> _rows = [];
    private long _added;

    /// <summary>Takes a row in.</summary>
    public void Add(in Row row, QueryScope scope, T item)
    {
        var keys = new SortKey[order.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = order[i].Column.SortKeyOf(row, scope);
        }

        _rows.Add((keys, _added++, item));
        if (most is { } limit && _rows.Count >= (2 * limit) + Slack)
        {
            _rows.Sort(Compare);
            _rows.RemoveRange((int)limit, _rows.Count - (int)limit);
        }
    }

    /// <summary>The rows in order.</summary>
    public IEnumerable<T> Take()
    {
        _rows.Sort(Compare);
        return _rows.Select(row => row.Item);
    }

    private int Compare((SortKey[] Keys, long Number, T Item) left, (SortKey[] Keys, long Number, T Item) right)
    {
        for (var i = 0; i < order.Length; i++)
        {
            var result = left.Keys[i].CompareTo(right.Keys[i]);
            if (result != 0)
            {
                return order[i].IsDescending ? -result : result;
            }
        }

        return left.Number.CompareTo(right.Number);
    }
}
