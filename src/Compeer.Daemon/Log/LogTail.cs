using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Log;

/// <summary>Reads what a log got after a place that was noted down: after a kill -9 that is a second's lines, most often none.</summary>
internal static class LogTail
{
    /// <summary>The most that is read, bytes; beyond that the latest.</summary>
    private const long Most = 64 << 20;

    /// <summary>The lines behind the place that the database knows, of the file that it is in and of the one that followed it; none when
    /// the database is new, all of the file when it never got to know a place.</summary>
    /// <param name="path">The log.</param>
    /// <param name="stored">What the database has.</param>
    public static List<LogEntry> Read(string path, StoredStreams? stored)
    {
        var lines = new List<LogEntry>();
        if (stored is null)
        {
            return lines;
        }

        try
        {
            if (stored.Told is not { } known)
            {
                Read(path, 0, lines);
                return lines;
            }

            var isSame = FileStatus.TryGetIdentity(path, out var identity) && unchecked((long)identity.Inode) == known.File;
            if (!isSame && MovedTo(path, known.File) is { } moved)
            {
                Read(moved, known.Offset, lines);
            }

            Read(path, isSame ? known.Offset : 0, lines);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is not known to be there; it may be written again.
        }

        return lines;
    }

    /// <summary>A log that was moved most often stays in its folder, or goes into one that is in there.</summary>
    private static string? MovedTo(string path, long file) =>
        Directory.EnumerateFiles(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            "*",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true })
            .FirstOrDefault(other => FileStatus.TryGetIdentity(other, out var identity) && unchecked((long)identity.Inode) == file);

    private static void Read(string path, long from, List<LogEntry> lines)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // One that was cut short begins anew.
        from = from > stream.Length ? 0 : Math.Max(from, stream.Length - Most);
        stream.Position = from;
        using var reader = new StreamReader(stream, Encoding.Latin1);
        while (reader.ReadLine() is { } line)
        {
            var end = line.IndexOf("] ", StringComparison.Ordinal);
            if (end > 1 && line[0] == '['
                && long.TryParse(line.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            {
                lines.Add(new LogEntry(DateTimeOffset.FromUnixTimeSeconds(seconds), Encoding.Latin1.GetBytes(line[(end + 2)..])));
            }
        }
    }
}
