namespace Compeer.Livestatus.Filters;

/// <summary>How a filter compares a value with its own.</summary>
internal enum Comparison
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Equal but for upper and lower case.</summary>
    EqualIgnoringCase,

    /// <summary>A regular expression matches somewhere.</summary>
    Matches,

    /// <summary>The same whatever the case.</summary>
    MatchesIgnoringCase,

    /// <summary>Less; of a list: does not contain.</summary>
    Less,

    /// <summary>Greater.</summary>
    Greater,
}
