namespace Compeer.Configuration.Objects.Expansion;

/// <summary>What a list of names stands for.</summary>
/// <param name="Sequence">Objects named, in the order named, repetitions too: Naemon's lists are this one backwards.</param>
/// <param name="Accepted">The same, each once.</param>
/// <param name="Rejected">Objects named with a leading <c>!</c>.</param>
/// <param name="Problems">Names without an object and faulty regular expressions.</param>
internal sealed record NameList(
    int[] Sequence, int[] Accepted, int[] Rejected, IReadOnlyList<(string Name, string? Error)> Problems)
{
    /// <summary>No names.</summary>
    public static NameList Empty { get; } = new([], [], [], []);
}
