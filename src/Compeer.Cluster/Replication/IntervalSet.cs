using System.Collections.Immutable;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Numbers as ranges: in order and without loss there is one. A node that crashed leaves a gap, since it goes on above
/// what it had reserved; a link that could not follow leaves one until it has caught up.
/// </summary>
internal sealed class IntervalSet
{
    /// <summary>
    /// Ranges kept; the smallest but the highest of all is forgotten beyond that. What it says to have is never more than it
    /// has: forgotten numbers are sent here again when two nodes catch up, which costs little, as they are few.
    /// </summary>
    public const int MaxRanges = 256;

    // Ascending, neither overlapping nor touching.
    private readonly List<WriteRange> _ranges = [];

    public IReadOnlyList<WriteRange> Ranges => _ranges;

    /// <summary>The highest number; 0 when there is none.</summary>
    public long Top => _ranges.Count == 0 ? 0 : _ranges[^1].To;

    /// <summary>How many numbers.</summary>
    public long Count => _ranges.Sum(range => range.To - range.From + 1);

    public bool Contains(long number)
    {
        var index = IndexOf(number);
        return index < _ranges.Count && _ranges[index].From <= number;
    }

    /// <summary>The end of the range that a number is in; null when it is in none.</summary>
    public long? EndOf(long number)
    {
        var index = IndexOf(number);
        return index < _ranges.Count && _ranges[index].From <= number ? _ranges[index].To : null;
    }

    /// <summary>Adds a number. False when it was there.</summary>
    public bool Add(long number)
    {
        if (_ranges.Count > 0 && _ranges[^1].To == number - 1)
        {
            _ranges[^1] = _ranges[^1] with { To = number };
            return true;
        }

        if (Contains(number))
        {
            return false;
        }

        Add(new WriteRange(number, number));
        return true;
    }

    /// <summary>Adds a range. False when all of it was there.</summary>
    public bool Add(WriteRange added)
    {
        if (added.From > added.To || Covers(added))
        {
            return false;
        }

        var first = IndexOf(added.From - 1);
        var end = first;
        for (; end < _ranges.Count && _ranges[end].From <= added.To + 1; end++)
        {
            added = new WriteRange(Math.Min(added.From, _ranges[end].From), Math.Max(added.To, _ranges[end].To));
        }

        _ranges.RemoveRange(first, end - first);
        _ranges.Insert(first, added);
        if (_ranges.Count > MaxRanges)
        {
            Forget();
        }

        return true;
    }

    /// <summary>Whether ranges were forgotten for want of room: it has more numbers than it says.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The first numbers of this set, above a number, that another does not have; null when it has all.</summary>
    public WriteRange? FirstBeyond(IntervalSet other, long above)
    {
        for (var own = IndexOf(above + 1); own < _ranges.Count; own++)
        {
            var from = Math.Max(_ranges[own].From, above + 1);
            for (var index = other.IndexOf(from); from <= _ranges[own].To; index++)
            {
                if (index == other._ranges.Count || other._ranges[index].From > from)
                {
                    var end = index == other._ranges.Count ? long.MaxValue : other._ranges[index].From - 1;
                    return new WriteRange(from, Math.Min(_ranges[own].To, end));
                }

                from = other._ranges[index].To + 1;
            }
        }

        return null;
    }

    /// <summary>Takes numbers out.</summary>
    public void Remove(WriteRange removed)
    {
        for (var index = _ranges.Count - 1; index >= 0; index--)
        {
            var range = _ranges[index];
            if (range.To < removed.From || range.From > removed.To)
            {
                continue;
            }

            _ranges.RemoveAt(index);
            if (range.To > removed.To)
            {
                _ranges.Insert(index, range with { From = removed.To + 1 });
            }

            if (range.From < removed.From)
            {
                _ranges.Insert(index, range with { To = removed.From - 1 });
            }
        }
    }

    public bool Covers(WriteRange range)
    {
        var index = IndexOf(range.From);
        return range.From > range.To || (index < _ranges.Count && _ranges[index].From <= range.From && _ranges[index].To >= range.To);
    }

    /// <summary>Its ranges as they are now.</summary>
    public ImmutableArray<WriteRange> ToImmutable() => [.. _ranges];

    public IntervalSet Copy()
    {
        var copy = new IntervalSet { IsPartial = IsPartial };
        copy._ranges.AddRange(_ranges);
        return copy;
    }

    private void Forget()
    {
        var smallest = 0;
        for (var index = 1; index < _ranges.Count - 1; index++)
        {
            if (_ranges[index].To - _ranges[index].From < _ranges[smallest].To - _ranges[smallest].From)
            {
                smallest = index;
            }
        }

        _ranges.RemoveAt(smallest);
        IsPartial = true;
    }

    /// <summary>The first range that ends at a number or above.</summary>
    private int IndexOf(long number)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].To < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
