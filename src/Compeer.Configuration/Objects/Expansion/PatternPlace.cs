namespace Compeer.Configuration.Objects.Expansion;

/// <summary>A place in a name that a regular expression can ask for. Words are made of ASCII letters, digits and
/// <c>_</c>.</summary>
internal enum PatternPlace
{
    /// <summary><c>^</c>, and GNU's <c>\`</c>.</summary>
    Start,

    /// <summary><c>$</c>, and GNU's <c>\'</c>.</summary>
    End,

    /// <summary>GNU's <c>\&lt;</c>: before a word.</summary>
    WordStart,

    /// <summary>GNU's <c>\&gt;</c>: behind a word.</summary>
    WordEnd,

    /// <summary>GNU's <c>\b</c>: before or behind a word.</summary>
    WordEdge,

    /// <summary>GNU's <c>\B</c>: neither.</summary>
    NoWordEdge,
}
