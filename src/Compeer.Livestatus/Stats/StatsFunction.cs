namespace Compeer.Livestatus.Stats;

/// <summary>What is made of the values of a column.</summary>
internal enum StatsFunction
{
    /// <summary>Rows that a filter accepts.</summary>
    Count,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>Their mean.</summary>
    Avg,

    /// <summary>Their standard deviation.</summary>
    Std,

    /// <summary>The sum of their inverses.</summary>
    SumInv,

    /// <summary>The mean of their inverses.</summary>
    AvgInv,
}
