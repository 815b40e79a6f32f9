using System.Text;
using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Files;

/// <summary>The files of the monitoring log: the one in use, and the rotated ones.</summary>
internal static class LogFiles
{
    /// <summary>A line must at least have so many characters to begin with a time.</summary>
    private const int TimeLength = 12;

    /// <summary>Those that a main configuration names, or the usual ones of the prefix; the oldest first.</summary>
    /// <exception cref="MonException">The configuration, or a file, cannot be read.</exception>
    public static IReadOnlyList<(string Path, long First)> Of(MonitorPaths paths, string main)
    {
        var log = PathSetting.In(main, "log_file") ?? paths.VariableFolder + "/naemon.log";
        var archive = PathSetting.In(main, "log_archive_path") ?? paths.VariableFolder + "/archives";
        var rotated = Directory.Exists(archive)
            ? Directory.EnumerateFiles(archive).Where(file => !Path.GetFileName(file).StartsWith('.'))
            : [];
        return Sorted(rotated.Append(log).Where(File.Exists));
    }

    /// <summary>These files, the oldest first; what does not begin with a time is none of the log.</summary>
    /// <exception cref="MonException">One cannot be read.</exception>
    public static IReadOnlyList<(string Path, long First)> Sorted(IEnumerable<string> files) =>
        [.. files.Select(file => (Path: file, First: FirstTime(file))).Where(file => file.First >= 0).OrderBy(file => file.First)];

    /// <summary>The lines of a file, in order.</summary>
    /// <exception cref="MonException">It cannot be read.</exception>
    public static IEnumerable<LogLine> Lines(string file)
    {
        using var reader = Open(file);
        while (Next(reader, file) is { } text)
        {
            if (LogLine.Parse(text) is { } line)
            {
                yield return line;
            }
        }
    }

    private static long FirstTime(string file)
    {
        using var reader = Open(file);
        var start = new char[TimeLength];
        return reader.ReadBlock(start, 0, TimeLength) == TimeLength ? LogLine.Parse(new string(start))?.Time ?? -1 : -1;
    }

    private static StreamReader Open(string file)
    {
        try
        {
            return new StreamReader(
                new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw MonException.FromFile(file, fault);
        }
    }

    private static string? Next(StreamReader reader, string file)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException fault)
        {
            throw MonException.FromFile(file, fault);
        }
    }
}
