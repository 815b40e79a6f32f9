namespace Compeer.Livestatus.Filters;

/// <summary>In which range a number is.</summary>
/// <param name="Least">The least that it can be.</param>
/// <param name="Most">The most.</param>
internal readonly record struct NumberRange(long Least, long Most)
{
    /// <summary>Any number.</summary>
    public static NumberRange All { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>What is in both.</summary>
    public NumberRange And(NumberRange other) => new(Math.Max(Least, other.Least), Math.Min(Most, other.Most));

    /// <summary>What is in one of them, and what is between.</summary>
    public NumberRange Or(NumberRange other) => new(Math.Min(Least, other.Least), Math.Max(Most, other.Most));
}
