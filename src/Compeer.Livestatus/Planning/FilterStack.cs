using System.Collections.Immutable;
using Compeer.Livestatus.Filters;

namespace Compeer.Livestatus.Planning;

/// <summary>The filters that a request has named so far. <c>And</c>, <c>Or</c> and <c>Negate</c> take the last of them away and put one in
/// their place; those left at the end must all accept.</summary>
internal sealed class FilterStack
{
    private readonly List<Filter> _filters = [];

    /// <summary>How many there are.</summary>
    public int Count => _filters.Count;

    /// <summary>Adds one.</summary>
    public void Push(Filter filter) => _filters.Add(filter);

    /// <summary>Puts one in the place of the last ones; there must be so many.</summary>
    public void Combine(int count, bool isOr)
    {
        ImmutableArray<Filter> last = [.. _filters[(_filters.Count - count)..]];
        _filters.RemoveRange(_filters.Count - count, count);
        _filters.Add(isOr ? new AnyOf(last) : new AllOf(last));
    }

    /// <summary>Turns the last one round; there must be one.</summary>
    public void Negate() => _filters[^1] = new NoneOf(_filters[^1]);

    /// <summary>One for all of them.</summary>
    public Filter ToFilter() => _filters.Count == 1 ? _filters[0] : new AllOf([.. _filters]);
}
