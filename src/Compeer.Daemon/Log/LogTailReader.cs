using System.Buffers.Text;
using Compeer.Cluster.Model;
using Compeer.Peer;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Log;

/// <summary>Reads what a log got after a place that was noted down: after a kill -9 that is a second's lines, most often none; where no
/// place was ever noted down, as on a node that was always alone, it is all of the file. A start may wait for it, so it makes no text
/// of a line.</summary>
internal static class LogTailReader
{
    /// <summary>The most that is read, bytes; beyond that the latest.</summary>
    private const long Most = 64 << 20;

    /// <summary>What is read at once, bytes; more when a line is longer.</summary>
    private const int Block = 1 << 16;

    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>The lines behind the place that the database knows, of the file that it is in and of the one that followed it; none when
    /// the database is new, all of the file when it never got to know a place.</summary>
    /// <param name="path">The log.</param>
    /// <param name="stored">What the database has.</param>
    public static LogTail Read(string path, StoredStreams? stored)
    {
        var tail = new LogTail();
        Read(path, stored, tail.Add);
        return tail;
    }

    /// <summary>The same, line by line: its time, seconds since 1970, and what follows that.</summary>
    internal static void Read(string path, StoredStreams? stored, LineFound found)
    {
        if (stored is null)
        {
            return;
        }

        try
        {
            if (stored.Told is not { } known)
            {
                Read(path, 0, found);
                return;
            }

            var isSame = FileStatus.TryGetIdentity(path, out var identity) && unchecked((long)identity.Inode) == known.File;
            if (!isSame && MovedTo(path, known.File) is { } moved)
            {
                Read(moved, known.Offset, found);
            }

            Read(path, isSame ? known.Offset : 0, found);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What cannot be read is not known to be there; it may be written again.
        }
    }

    /// <summary>A log that was moved most often stays in its folder, or goes into one that is in there.</summary>
    private static string? MovedTo(string path, long file) =>
        Directory.EnumerateFiles(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            "*",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = true })
            .FirstOrDefault(other => FileStatus.TryGetIdentity(other, out var identity) && unchecked((long)identity.Inode) == file);

    private static void Read(string path, long from, LineFound found)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // One that was cut short begins anew. What this run writes meanwhile is none of it.
        var end = RandomAccess.GetLength(file);
        from = from > end ? 0 : Math.Max(from, end - Most);
        var (buffer, have) = (new byte[Block], 0);
        while (from < end)
        {
            if (have == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * buffer.Length);
            }

            var read = RandomAccess.Read(file, buffer.AsSpan(have, (int)Math.Min(buffer.Length - have, end - from)), from);
            if (read == 0)
            {
                break;
            }

            from += read;
            var lines = buffer.AsSpan(0, have + read);
            while (lines.IndexOf((byte)'\n') is >= 0 and var length)
            {
                Tell(lines[..length], found);
                lines = lines[(length + 1)..];
            }

            lines.CopyTo(buffer);
            have = lines.Length;
        }

        Tell(buffer.AsSpan(0, have), found);
    }

    /// <summary>Tells of a line, when it has a time.</summary>
    private static void Tell(ReadOnlySpan<byte> line, LineFound found)
    {
        line = line.EndsWith((byte)'\r') ? line[..^1] : line;
        if (line.StartsWith((byte)'[') && Utf8Parser.TryParse(line[1..], out long second, out var digits)
            && second >= 0 && second < LastSecond && line[(digits + 1)..].StartsWith("] "u8))
        {
            found(second, line[(digits + 3)..]);
        }
    }

    /// <summary>Takes a line.</summary>
    internal delegate void LineFound(long second, ReadOnlySpan<byte> text);
}
