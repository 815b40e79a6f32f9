namespace Compeer.Api;

/// <summary>A file that is not the same in two configurations.</summary>
/// <param name="Name">Its name below the folder of the main configuration.</param>
/// <param name="From">Its text in the one; null when it is not in it. Bytes that are not UTF-8 are shown as Latin-1.</param>
/// <param name="To">Its text in the other; null when it is not in it.</param>
public sealed record ChangedFile(string Name, string? From, string? To);
