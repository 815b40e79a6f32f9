namespace Compeer.Cli.Keys;

/// <summary>What became of a link key that was given.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Key">The key that is kept now, or, when it was replaced, the one that was before.</param>
internal sealed record KeptLinkKey(KeptLinkKeyState State, LinkKey Key);
