using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Log;

/// <summary>
/// The monitoring log on disk. A log that was moved away, or cut short by a <c>copytruncate</c>, begins anew with the lines
/// that Naemon begins one with, so that each file can be read alone. Used by the log's own thread.
/// </summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>How long after a file was found moved the signal that goes with the move may come.</summary>
    private static readonly TimeSpan SignalFollows = TimeSpan.FromMinutes(1);

    private AppendedFile _file;
    private DateTimeOffset _begunUnasked;
    private long _rotatedTicks;
    private byte[] _header = [];
    private volatile string? _problem;

    private LogFile(string path, AppendedFile file)
    {
        Path = path;
        _file = file;
    }

    public string Path { get; }

    /// <summary>Why lines do not get into the file; null while they do.</summary>
    public string? Problem => _problem;

    /// <summary>The end of what is in the file.</summary>
    public LogPosition Position => new(_file.Position.File, _file.Position.Offset);

    /// <summary>Called when a new file was begun.</summary>
    public Action BegunAnew { get; set; } = () => { };

    /// <summary>When it was begun anew last; null for not yet. Any thread.</summary>
    public DateTimeOffset? LastRotation =>
        Interlocked.Read(ref _rotatedTicks) is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <exception cref="StartupException">It cannot be appended to.</exception>
    public static LogFile Open(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
            return new LogFile(path, AppendedFile.Open(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"log_file {path}: {SystemError.Words(fault)}", fault);
        }
    }

    /// <summary>Adds whole lines.</summary>
    /// <param name="lines">Each with its end.</param>
    /// <param name="at">The time of the last one.</param>
    /// <returns>How many bytes of them are in the file now; when that is not all, <see cref="Problem"/> says why.</returns>
    public int Add(ReadOnlySpan<byte> lines, DateTimeOffset at)
    {
        string? problem = null;
        if (!_file.IsWholeAt(Path))
        {
            problem = BeginAnew(at);
            _begunUnasked = at;
        }

        if (_header.Length > 0)
        {
            _header = _header[_file.Add(_header, out var headerProblem)..];
            problem = headerProblem ?? problem;
        }

        var added = 0;
        if (_header.Length == 0)
        {
            added = _file.Add(lines, out var linesProblem);
            problem = linesProblem ?? problem;
        }

        Tell(problem);
        return added;
    }

    /// <summary>Begins anew at the word of whoever rotates logs (SIGUSR1), unless that was done when the file was found
    /// moved.</summary>
    public void Rotate(DateTimeOffset at)
    {
        if (at - _begunUnasked > SignalFollows || !_file.IsWholeAt(Path))
        {
            BeginAnew(at);
            Add([], at);
        }

        _begunUnasked = default;
    }

    public void Dispose() => _file.Dispose();

    private string? BeginAnew(DateTimeOffset at)
    {
        try
        {
            var file = AppendedFile.Open(Path);
            _file.Dispose();
            _file = file;
        }
        catch (IOException fault)
        {
            // Better in a file that was moved than nowhere.
            return SystemError.Words(fault);
        }

        var epoch = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        _header = Encoding.ASCII.GetBytes($"[{epoch}] LOG ROTATION: EXTERNAL\n[{epoch}] LOG VERSION: 2.0\n");
        Interlocked.Exchange(ref _rotatedTicks, at.UtcTicks);
        BegunAnew();
        return null;
    }

    /// <summary>Says once that the log cannot be written, where the log is not needed for it.</summary>
    private void Tell(string? problem)
    {
        if (problem is not null && _problem is null)
        {
            StandardError.Write($"mond: log_file {Path}: {problem}");
        }

        _problem = problem;
    }
}
