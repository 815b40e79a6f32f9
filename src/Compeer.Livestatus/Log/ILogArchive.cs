using Compeer.Configuration.Main;

namespace Compeer.Livestatus.Log;

/// <summary>Where the lines of the monitoring log are read, the rotated files' too. Any number of threads.</summary>
public interface ILogArchive
{
    /// <summary>One without lines.</summary>
    public static ILogArchive None { get; } = new EmptyLog();

    /// <summary>How many lines are kept in memory for the next query.</summary>
    public long KeptLines { get; }

    /// <summary>The lines of a time, the newest first. The files are those of one moment, when the first is asked for; lines before and
    /// after that time may be among them.</summary>
    /// <param name="main">Says where the files are.</param>
    /// <param name="first">Seconds since 1970; the first that is wanted.</param>
    /// <param name="last">The last that is wanted.</param>
    public IEnumerable<LogLine> NewestFirst(MainConfiguration main, long first, long last);

    /// <summary>The lines from the beginning of the file on that was written at a time, the oldest first: a file begins with the states
    /// of everything.</summary>
    /// <param name="main">Says where the files are.</param>
    /// <param name="first">Seconds since 1970; a time that is in the first file.</param>
    /// <param name="last">The last that is wanted.</param>
    public IEnumerable<LogLine> FromFileOf(MainConfiguration main, long first, long last);
}
