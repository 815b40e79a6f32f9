namespace Compeer.Api;

/// <summary>A file or folder that is kept the same at another node, or as another node has it.</summary>
/// <param name="Path">Where it is at the answering node.</param>
/// <param name="PathThere">Where it is at the other; empty when only the other knows.</param>
/// <param name="IsSent">Whether the answering node sends it to the other; else it receives it.</param>
/// <param name="IsInStep">Whether both have the same, and all of it.</param>
/// <param name="LastSame">When both had the same last; null when they never had.</param>
/// <param name="Text">What is wrong, or what could not be kept, for people; empty when there is nothing to say.</param>
public sealed record SynchronisedPath(
    string Path, string PathThere, bool IsSent, bool IsInStep, DateTimeOffset? LastSame, string Text)
{
    /// <summary>Whether the other lets it in by <c>mon oconf push</c> only: nothing is wrong then.</summary>
    public bool WaitsForPush { get; init; }
}
