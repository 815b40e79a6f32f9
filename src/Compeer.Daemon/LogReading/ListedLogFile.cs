namespace Compeer.Daemon.LogReading;

/// <summary>A log file as it was when a query began.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Index">What is known of it.</param>
/// <param name="Length">How many bytes it had.</param>
/// <param name="IsInUse">Whether lines are still added to it.</param>
internal sealed record ListedLogFile(LogFilePlace Place, LogFileIndex Index, long Length, bool IsInUse);
