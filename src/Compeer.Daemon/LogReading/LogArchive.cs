using Compeer.Configuration.Main;
using Compeer.Livestatus.Log;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Daemon.LogReading;

/// <summary>
/// Reads the monitoring log for queries: of each file only the pieces of the time that is asked for, found by halving. Times are
/// taken to grow within a file, but for clocks that were set back by less than <see cref="Slack"/>. Any number of threads.
/// </summary>
/// <param name="variableFolder">Where the log is when the configuration does not say.</param>
internal sealed class LogArchive(string variableFolder) : ILogArchive
{
    /// <summary>Seconds by which lines may stand in the wrong order and are found still.</summary>
    private const long Slack = 300;

    /// <summary>Most bytes of pieces that are kept for the next query.</summary>
    private const long MostKept = 64 << 20;

    /// <summary>Bytes at the end of the file in use in which a line that is not whole yet is looked for.</summary>
    private const int TailBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly LogReadings _readings = new(MostKept);
    private LogFileList? _list;

    /// <summary>What was read.</summary>
    public LogReadings Readings => _readings;

    /// <inheritdoc/>
    public long KeptLines => _readings.Lines;

    /// <inheritdoc/>
    public IEnumerable<LogLine> NewestFirst(MainConfiguration main, long first, long last)
    {
        foreach (var file in Look(main))
        {
            if (file.Index.FirstTime > Later(last))
            {
                continue;
            }

            using var handle = file.Place.Open();
            if (handle is null)
            {
                continue;
            }

            var length = WholeLines(handle, file);
            if (file.Index.LastTime(handle, length) < first - Slack)
            {
                // All others are older.
                yield break;
            }

            for (var block = file.Index.LastBlockFrom(handle, Later(last), length); block >= 0; block--)
            {
                var lines = file.Index.ReadBlock(handle, block, length).Lines;
                for (var i = lines.Length - 1; i >= 0; i--)
                {
                    yield return lines[i];
                }

                if (!lines.IsEmpty && lines[0].Time < first - Slack)
                {
                    break;
                }
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<LogLine> FromFileOf(MainConfiguration main, long first, long last)
    {
        var files = Look(main);
        var oldest = files.TakeWhile(file => file.Index.FirstTime > first).Count();
        foreach (var file in files.Take(oldest + 1).Reverse())
        {
            using var handle = file.Index.FirstTime > last ? null : file.Place.Open();
            if (handle is null)
            {
                continue;
            }

            var length = WholeLines(handle, file);
            for (var block = 0L; block < LogFileIndex.BlocksIn(length); block++)
            {
                foreach (var line in file.Index.ReadBlock(handle, block, length).Lines)
                {
                    yield return line;
                }
            }
        }
    }

    private static long Later(long time) => time > long.MaxValue - Slack ? time : time + Slack;

    private IReadOnlyList<ListedLogFile> Look(MainConfiguration main)
    {
        lock (_lock)
        {
            _list ??= new LogFileList(variableFolder, _readings);
            return _list.Look(main);
        }
    }

    /// <summary>How many bytes of a file are whole lines: a line that is being written is left to the next query.</summary>
    private long WholeLines(SafeFileHandle file, ListedLogFile listed)
    {
        var length = listed.Length;
        Span<byte> one = stackalloc byte[1];
        if (!listed.IsInUse || length == 0 || (RandomAccess.Read(file, one, length - 1) == 1 && one[0] == (byte)'\n'))
        {
            return length;
        }

        var tail = new byte[(int)Math.Min(TailBytes, length)];
        var count = RandomAccess.Read(file, tail, length - tail.Length);
        _readings.AddBytes(count);
        var end = tail.AsSpan(0, count).LastIndexOf((byte)'\n');
        return end < 0 ? length : length - tail.Length + end + 1;
    }
}
