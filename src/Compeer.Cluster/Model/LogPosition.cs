namespace Compeer.Cluster.Model;

/// <summary>A place in a log.</summary>
/// <param name="File">The number of the file in its file system (inode), which it keeps when it is moved.</param>
/// <param name="Offset">Bytes before the place.</param>
public readonly record struct LogPosition(long File, long Offset);
