using Compeer.Configuration.Synchronisation;

namespace Compeer.Daemon.Synchronisation;

/// <summary>What was found of a file or folder.</summary>
/// <param name="Tree">It; without items when nothing is there, or when <paramref name="Fault"/> says why it cannot be known.</param>
/// <param name="Fault">Why it cannot be kept the same at all; empty when it can.</param>
/// <param name="Left">What in it is not kept the same, and why.</param>
internal sealed record TreeScan(FileTree Tree, string Fault, IReadOnlyList<string> Left)
{
    /// <summary>Names in it of files that were not written to their end, by this daemon.</summary>
    public IReadOnlyList<string> Unfinished { get; init; } = [];

    /// <summary>The first few of <see cref="Left"/>, for people; empty when there is nothing.</summary>
    public string LeftText => Left.Count switch
    {
        0 => "",
        <= 2 => string.Join("; ", Left),
        _ => $"{Left[0]}; {Left[1]}; and {Left.Count - 2} more",
    };
}
