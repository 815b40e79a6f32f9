using System.Collections.Concurrent;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.PerformanceData;

/// <summary>
/// Writes one file of performance data. Lines are queued and written by a thread of its own, so that a full disk, or a pipe that nobody
/// reads, holds nothing up; those beyond a limit are lost, counted, and told of. While a command has the file it is closed, and lines
/// wait (Naemon <c>xpddefault_process_service_perfdata_file</c>).
/// </summary>
internal sealed class PerformanceFile : IDisposable
{
    /// <summary>What may wait to be written, bytes.</summary>
    public const int MostWaiting = 8 * 1024 * 1024;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly string _what;
    private readonly DaemonLog _log;
    private readonly TimeProvider _clock;
    private readonly BlockingCollection<Item> _queue = [];
    private readonly MemoryStream _batch = new();
    private readonly Thread _thread;
    private long _waiting;
    private long _lost;
    private long _lostUnsaid;
    private long? _toldAt;
    private string? _path;
    private char _mode = 'a';
    private bool _isGiven;
    private AppendedFile? _file;
    private DataPipe? _pipe;
    private string? _problem;

    /// <summary>One that has no file yet.</summary>
    /// <param name="what">Whose data it has, as the log says it.</param>
    /// <param name="log">Where trouble is told of.</param>
    /// <param name="clock">The clock.</param>
    public PerformanceFile(string what, DaemonLog log, TimeProvider clock)
    {
        _what = what;
        _log = log;
        _clock = clock;
        _thread = new Thread(Run) { Name = $"performance data of {what}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Lines that were lost since the start.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Writes to this file from now on; null for none. Never waits.</summary>
    public void Follow(string? path, char mode) => Add(new Item { Path = path, Mode = mode, IsFollow = true });

    /// <summary>Queues a line with its end. Never waits.</summary>
    public void Write(ReadOnlyMemory<byte> line)
    {
        if (Interlocked.Add(ref _waiting, line.Length) > MostWaiting)
        {
            Interlocked.Add(ref _waiting, -line.Length);
            Interlocked.Increment(ref _lost);
            Interlocked.Increment(ref _lostUnsaid);
            return;
        }

        Add(new Item { Line = line });
    }

    /// <summary>Closes the file, when all is written, and does this with it; <see cref="TakeBack"/> opens it again. Never waits.</summary>
    public void Give(Action action) => Add(new Item { Given = action });

    /// <summary>The file is free again.</summary>
    public void TakeBack() => Add(new Item { IsBack = true });

    /// <summary>Writes what it can at once and ends.</summary>
    public void Dispose()
    {
        if (!_queue.IsAddingCompleted)
        {
            _queue.CompleteAdding();
            _thread.Join();
            _batch.Dispose();
        }
    }

    private void Add(in Item item)
    {
        try
        {
            _queue.Add(item);
        }
        catch (InvalidOperationException)
        {
            // It has ended; what comes then is counted and nothing else.
            Interlocked.Add(ref _lost, item.Line.IsEmpty ? 0 : 1);
        }
    }

    private void Run()
    {
        while (!_queue.IsCompleted)
        {
            if (_queue.TryTake(out var item, _batch.Length == 0 ? Timeout.InfiniteTimeSpan : TryAgain))
            {
                Take(item);
            }

            if (_queue.Count == 0 || _batch.Length > 64 * 1024)
            {
                Flush();
                TellOfLost();
            }
        }

        Flush();
        Close();
    }

    private void Take(in Item item)
    {
        if (item.IsFollow)
        {
            Follow(item);
        }
        else if (item.Given is { } action)
        {
            Flush();
            if (_batch.Length == 0 && (_file ?? (object?)_pipe) is not null)
            {
                Close();
                _isGiven = true;
                action();
            }
        }
        else if (item.IsBack)
        {
            _isGiven = false;
        }
        else
        {
            _batch.Write(item.Line.Span);
        }
    }

    private void Follow(in Item item)
    {
        if (_path == item.Path && _mode == item.Mode)
        {
            return;
        }

        Flush();
        Close();
        Forget(_batch.Length);
        (_path, _mode, _isGiven) = (item.Path, item.Mode, false);
        TryOpen();
    }

    private void Flush()
    {
        if (_isGiven || _batch.Length == 0 || !TryOpen())
        {
            return;
        }

        var bytes = _batch.GetBuffer().AsSpan(0, (int)_batch.Length);
        string? problem;
        var written = _file is { } file ? file.Add(bytes, out problem) : _pipe!.Add(bytes, out problem);
        Forget(written);
        Tell(problem is null ? null : $"performance data of {_what} waits to be written to {_path}: {problem}");
    }

    /// <summary>Takes the first bytes out of what waits.</summary>
    private void Forget(long count)
    {
        var rest = _batch.GetBuffer().AsSpan((int)count, (int)(_batch.Length - count)).ToArray();
        _batch.SetLength(0);
        _batch.Write(rest);
        Interlocked.Add(ref _waiting, -count);
    }

    private bool TryOpen()
    {
        if (_path is null || _file is not null || _pipe is not null)
        {
            return _path is not null;
        }

        try
        {
            if (_mode == 'p')
            {
                _pipe = DataPipe.Open(_path);
            }
            else
            {
                if (_mode == 'w')
                {
                    // Shared: others may be reading it.
                    new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
                }

                _file = AppendedFile.Open(_path);
            }

            Tell(null);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SystemErrorException)
        {
            var words = exception is SystemErrorException ? exception.Message : SystemError.Words(exception);
            Tell($"File '{_path}' could not be opened ({words}) - performance data of {_what} waits");
            return false;
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _pipe?.Dispose();
        (_file, _pipe) = (null, null);
    }

    /// <summary>A trouble is told of when it begins.</summary>
    private void Tell(string? problem)
    {
        if (problem is not null && problem != _problem)
        {
            _log.Warning(problem);
        }

        _problem = problem;
    }

    private void TellOfLost()
    {
        var isQuiet = _toldAt is { } told && _clock.GetElapsedTime(told) < Silence;
        if (!isQuiet && Interlocked.Exchange(ref _lostUnsaid, 0) is > 0 and var lost)
        {
            _toldAt = _clock.GetTimestamp();
            _log.Warning($"{lost} lines of performance data of {_what} were lost: at most {MostWaiting} bytes wait to be written");
        }
    }

    private readonly record struct Item
    {
        public ReadOnlyMemory<byte> Line { get; init; }

        public string? Path { get; init; }

        public char Mode { get; init; }

        public bool IsFollow { get; init; }

        public Action? Given { get; init; }

        public bool IsBack { get; init; }
    }
}
