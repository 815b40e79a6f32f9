namespace Compeer.Configuration.Objects.Expansion;

/// <summary>What lies on one side of a place in a name.</summary>
internal enum PatternSide
{
    /// <summary>The start or the end of the name.</summary>
    Edge,

    /// <summary>A byte that words are made of.</summary>
    Word,

    /// <summary>Another byte.</summary>
    NoWord,
}
