namespace Compeer.Livestatus.Filters;

/// <summary>An operator of a filter; <c>&gt;=</c> is "not less", and a <c>!</c> before any of them turns it round.</summary>
/// <param name="Comparison">How a value is compared.</param>
/// <param name="IsNegated">Whether it accepts what does not compare so.</param>
/// <param name="Text">As the request has it.</param>
internal readonly record struct FilterOperator(Comparison Comparison, bool IsNegated, string Text)
{
    /// <summary>The operators, for people.</summary>
    public const string Allowed = "=, ~, =~, ~~, <, >, <=, >= and each of them after !";

    /// <summary>Reads an operator; null when it is none.</summary>
    public static FilterOperator? Parse(string text)
    {
        var isNegated = text.StartsWith('!');
        (var comparison, var isOpposite) = text.AsSpan(isNegated ? 1 : 0) switch
        {
            "=" => (Comparison.Equal, false),
            "=~" => (Comparison.EqualIgnoringCase, false),
            "~" => (Comparison.Matches, false),
            "~~" => (Comparison.MatchesIgnoringCase, false),
            "<" => (Comparison.Less, false),
            ">" => (Comparison.Greater, false),
            ">=" => (Comparison.Less, true),
            "<=" => (Comparison.Greater, true),
            _ => (Comparison.None, false),
        };
        return comparison == Comparison.None
            ? (FilterOperator?)null
            : new FilterOperator(comparison, isNegated != isOpposite, text);
    }
}
