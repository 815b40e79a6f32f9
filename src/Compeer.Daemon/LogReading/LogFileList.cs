using Compeer.Configuration.Main;
using Compeer.Livestatus.Log;
using Compeer.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.LogReading;

/// <summary>Finds the files of the log, the present one and the rotated ones, and remembers what is known of each: by what it is, not by
/// its path, because rotating moves files. One thread at a time.</summary>
/// <param name="variableFolder">Where both are when the configuration does not say.</param>
/// <param name="readings">What was read.</param>
internal sealed class LogFileList(string variableFolder, LogReadings readings)
{
    /// <summary>Most files that are looked at; of more, those with the last names.</summary>
    private const int MostFiles = 20_000;

    /// <summary>A line must at least have so many bytes.</summary>
    private const int TimeBytes = 13;

    private Dictionary<(ulong Device, ulong Inode), Known> _known = [];

    /// <summary>The files now, the newest first. Of two that begin with the same second the one in use counts, else the last by name: it
    /// is a copy, or one that was moved while it was looked for.</summary>
    public IReadOnlyList<ListedLogFile> Look(MainConfiguration main)
    {
        var found = new Dictionary<(ulong Device, ulong Inode), Known>();
        var byTime = new Dictionary<long, ListedLogFile>();
        var isFirst = true;
        foreach (var path in Paths(main))
        {
            (var isInUse, isFirst) = (isFirst, false);
            if (FileDetailsOf(path) is not { } details || found.ContainsKey(details.Identity))
            {
                continue;
            }

            var place = new LogFilePlace(path, details.Identity, () => Paths(main));
            if (KnownOf(place, details) is { } known)
            {
                found.Add(details.Identity, known);
                if (known.Index is { } index)
                {
                    byTime.TryAdd(index.FirstTime, new ListedLogFile(place, index, details.Length, isInUse));
                }
            }
        }

        _known = found;
        return [.. byTime.Values.OrderByDescending(file => file.Index.FirstTime)];
    }

    private IEnumerable<string> Paths(MainConfiguration main)
    {
        var log = main.LogFile ?? Path.Combine(variableFolder, "naemon.log");
        var archive = main.LogArchivePath ?? Path.Combine(variableFolder, "archives");
        string[] rotated;
        try
        {
            rotated = [.. Directory.EnumerateFiles(archive).Where(path => !Path.GetFileName(path).StartsWith('.'))];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nothing was rotated yet, or it is not ours to read.
            rotated = [];
        }

        return rotated.OrderDescending(StringComparer.Ordinal).Take(MostFiles).Prepend(log);
    }

    private static ((ulong Device, ulong Inode) Identity, long Length)? FileDetailsOf(string path)
    {
        // What waits for a writer, or never ends, is no log.
        try
        {
            return !FileStatus.IsSpecial(path) && FileStatus.TryGetIdentity(path, out var identity)
                ? (identity, new FileInfo(path) is { LinkTarget: null } plain ? plain.Length : LengthOf(path))
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long LengthOf(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return RandomAccess.GetLength(file);
    }

    /// <summary>What is known of a file; it begins anew when the file was cut short or begins otherwise than before.</summary>
    private Known? KnownOf(LogFilePlace place, ((ulong Device, ulong Inode) Identity, long Length) details)
    {
        var isKnown = _known.TryGetValue(details.Identity, out var known);
        if (isKnown && known!.Length == details.Length)
        {
            return known;
        }

        using var file = place.Open();
        if (file is null)
        {
            return null;
        }

        if (FirstTime(file) is not { } first)
        {
            return new Known(Index: null, details.Length);
        }

        return isKnown && known!.Length < details.Length && known.Index?.FirstTime == first
            ? known with { Length = details.Length }
            : new Known(new LogFileIndex(place, first, readings), details.Length);
    }

    /// <summary>A file that does not begin with a time is no log (naemon-livestatus passes it over too).</summary>
    private long? FirstTime(SafeFileHandle file)
    {
        Span<byte> start = stackalloc byte[TimeBytes];
        var count = RandomAccess.Read(file, start, 0);
        readings.AddBytes(count);
        return LogTime.Of(start[..count]);
    }

    /// <summary>What is known of a file of a length; no index when it is no log.</summary>
    private sealed record Known(LogFileIndex? Index, long Length);
}
