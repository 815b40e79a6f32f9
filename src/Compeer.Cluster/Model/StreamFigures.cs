namespace Compeer.Cluster.Model;

/// <summary>Figures about the streams of a node.</summary>
/// <param name="Entries">Entries that are kept.</param>
/// <param name="Unstored">Entries that are not in the database yet; 0 without one.</param>
/// <param name="Lost">Entries that were let go before they were there, since the start.</param>
public readonly record struct StreamFigures(long Entries, int Unstored, long Lost);
