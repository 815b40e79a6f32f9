namespace Compeer.Configuration.Objects.Expansion;

/// <summary>What a step does.</summary>
internal enum PatternStepKind
{
    /// <summary>The expression is matched.</summary>
    Match,

    /// <summary>Goes on at two steps.</summary>
    Fork,

    /// <summary>Goes on at a place of that kind only.</summary>
    Place,

    /// <summary>Takes a byte.</summary>
    Byte,
}

/// <summary>One step of an expression.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The step after it.</param>
internal readonly record struct PatternStep(PatternStepKind Kind, int Next)
{
    /// <summary>The other step that a fork goes on at.</summary>
    public int Other { get; init; }

    /// <summary>The kind of place.</summary>
    public PatternPlace Place { get; init; }

    /// <summary>The bytes that it takes.</summary>
    public bool[]? Bytes { get; init; }

    /// <summary>The same by classes of bytes.</summary>
    public bool[]? Classes { get; init; }
}
