namespace Compeer.Configuration.Nodes;

/// <summary>A path that <c>mon oconf push</c> also carries to a node (a line of its <c>sync</c> block).</summary>
/// <param name="Source">File or folder here; a slash at its end means the contents of the folder, as rsync has it.</param>
/// <param name="Destination">Where it goes there; the same path when the line names none.</param>
public sealed record SyncEntry(string Source, string Destination);
