namespace Compeer.Cli.Keys;

/// <summary>What can become of a link key that is given.</summary>
internal enum KeptLinkKeyState
{
    /// <summary>It was there already.</summary>
    Known = 1,

    /// <summary>It is the first of its node.</summary>
    Taken = 2,

    /// <summary>It took another's place, as asked for.</summary>
    Replaced = 3,

    /// <summary>There is another, which stays.</summary>
    Refused = 4,
}
