using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Compeer.Daemon.Platform;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Log;

/// <summary>
/// Writes the monitoring log in Naemon's form: <c>[epoch seconds] text</c>. Lines are queued and written by one
/// thread, so that a slow disk delays nothing; when the queue is full, lines are counted and their number is written
/// once there is room.
/// </summary>
internal sealed class MonitoringLog : IDisposable
{
    private const int QueueLimit = 100_000;

    private readonly string _file;
    private readonly BlockingCollection<Line> _lines = new(QueueLimit);
    private readonly Thread _thread;
    private FileStream _stream;
    private long _lost;
    private long _lostTotal;
    private bool _failing;
    private volatile bool _reopen;

    private MonitoringLog(string file, FileStream stream)
    {
        _file = file;
        _stream = stream;
        _thread = new Thread(Run) { Name = "monitoring log", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Lines that never reached the file, since the start.</summary>
    public long LostLines => Interlocked.Read(ref _lostTotal);

    /// <exception cref="StartupException">The file cannot be opened for appending.</exception>
    public static MonitoringLog Open(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return new MonitoringLog(file, OpenForAppending(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"log_file {file}: {SystemError.Words(exception)}", exception);
        }
    }

    /// <summary>Queues a line; <paramref name="text"/> is one line without its end, in whatever bytes it has.</summary>
    public void Write(DateTimeOffset at, ReadOnlyMemory<byte> text)
    {
        if (_lines.IsAddingCompleted || !_lines.TryAdd(new Line(at.ToUnixTimeSeconds(), text)))
        {
            Interlocked.Increment(ref _lost);
            Interlocked.Increment(ref _lostTotal);
        }
    }

    /// <summary>Opens the file anew before the next line, for rotation from outside (SIGUSR1, as Naemon does).</summary>
    public void Reopen() => _reopen = true;

    public void Dispose()
    {
        _lines.CompleteAdding();
        _thread.Join();
        _lines.Dispose();
    }

    private static FileStream OpenForAppending(string file) => new(
        file,
        new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
        });

    private void Run()
    {
        var buffer = new MemoryStream();
        foreach (var first in _lines.GetConsumingEnumerable())
        {
            buffer.SetLength(0);
            Append(buffer, first);
            while (buffer.Length < 1 << 16 && _lines.TryTake(out var next))
            {
                Append(buffer, next);
            }

            var lost = Interlocked.Exchange(ref _lost, 0);
            if (lost > 0)
            {
                Append(buffer, new Line(first.Epoch, Encoding.UTF8.GetBytes($"Warning: {lost} log lines were lost: the disk is too slow")));
            }

            WriteOut(buffer);
        }

        _stream.Dispose();
    }

    private void WriteOut(MemoryStream buffer)
    {
        try
        {
            if (_reopen)
            {
                _reopen = false;
                _stream.Dispose();
                _stream = OpenForAppending(_file);
            }

            _stream.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
            _failing = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Interlocked.Increment(ref _lostTotal);
            _reopen = true;
            if (!_failing)
            {
                _failing = true;
                Console.Error.WriteLine($"cannot write {_file}: {SystemError.Words(exception)}");
            }
        }
    }

    private static void Append(MemoryStream buffer, in Line line)
    {
        buffer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{line.Epoch}] ")));
        buffer.Write(line.Text.Span);
        buffer.WriteByte((byte)'\n');
    }

    private readonly record struct Line(long Epoch, ReadOnlyMemory<byte> Text);
}
