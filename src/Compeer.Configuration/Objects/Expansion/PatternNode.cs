using System.Collections.Immutable;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>A part of a POSIX extended regular expression; what <see cref="PatternParser"/> makes of its text.</summary>
internal abstract record PatternNode
{
    /// <summary>More than this is as good as endless; keeps the sums from overflowing.</summary>
    private const long Endless = 1L << 40;

    /// <summary>How many characters, sets and places it has when its repetitions are written out.</summary>
    public abstract long Size { get; }

    /// <summary>One byte out of a set.</summary>
    /// <param name="Contains">For each byte whether it belongs to the set.</param>
    public sealed record Set(bool[] Contains) : PatternNode
    {
        public override long Size => 1;
    }

    /// <summary>No byte, but a place between two.</summary>
    public sealed record Anchor(PatternPlace Place) : PatternNode
    {
        public override long Size => 1;
    }

    /// <summary>One part after the other.</summary>
    public sealed record Sequence(ImmutableArray<PatternNode> Parts) : PatternNode
    {
        public override long Size { get; } = Sum(Parts);
    }

    /// <summary>One of several parts.</summary>
    public sealed record Choice(ImmutableArray<PatternNode> Parts) : PatternNode
    {
        public override long Size { get; } = Sum(Parts) + Parts.Length - 1;
    }

    /// <summary>A part several times.</summary>
    /// <param name="Part">The part.</param>
    /// <param name="Least">How often at least.</param>
    /// <param name="Most">How often at most; null for any number.</param>
    public sealed record Repeat(PatternNode Part, int Least, int? Most) : PatternNode
    {
        public override long Size { get; } = Math.Min(Math.Max(1, Part.Size) * Math.Max(1, Most ?? Least), Endless);
    }

    private static long Sum(ImmutableArray<PatternNode> parts) => Math.Min(parts.Sum(part => part.Size), Endless);
}
