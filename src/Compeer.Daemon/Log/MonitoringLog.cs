using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Daemon.Platform;
using Compeer.Engine.Events;

namespace Compeer.Daemon.Log;

/// <summary>
/// Writes the monitoring log in Naemon's form: <c>[epoch seconds] text</c>. Lines are queued and written by one thread, so
/// that a slow disk delays nothing. While the disk takes nothing they are kept, up to a limit; those beyond it are counted,
/// and their number is written where they are missing. The file has whole lines only.
/// </summary>
internal sealed class MonitoringLog : IDisposable
{
    /// <summary>What may wait, with what each line costs beside its text.</summary>
    private const long QueueBytes = 32 << 20;

    private const int BytesBesideText = 64;
    private const int BatchBytes = 1 << 16;

    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the last lines may take when the daemon ends.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly LogFile _file;
    private readonly SystemLog _system;
    private readonly BlockingCollection<Item> _queue = [];
    private readonly ManualResetEventSlim _ending = new(initialState: false, spinCount: 0);
    private readonly MemoryStream _batch = new();
    private readonly Thread _thread;
    private DateTimeOffset _batchTime;
    private long _waitingBytes;
    private long _waitingLines;
    private long _lines;
    private long _lostUnsaid;
    private string? _lossReason;
    private long _lost;
    private volatile SystemLogUse _systemUse;
    private string? _systemProblem;

    private MonitoringLog(LogFile file, SystemLog system)
    {
        _file = file;
        _system = system;
        _thread = new Thread(Run) { Name = "monitoring log", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Lines that will never be in the file, since the start.</summary>
    public long LostLines => Interlocked.Read(ref _lost);

    /// <summary>Lines that it had since the start.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    /// <summary>When its file was begun anew last; null when it was not since the start.</summary>
    public DateTimeOffset? LastRotation => _file.LastRotation;

    /// <summary>Lines that wait to be written.</summary>
    public long WaitingLines => Interlocked.Read(ref _waitingLines);

    /// <summary>Why lines wait: what the disk says; null while it takes them.</summary>
    public string? Problem => _file.Problem;

    /// <param name="file">Where it is.</param>
    /// <param name="systemLog">The socket of the machine's log.</param>
    /// <exception cref="StartupException">The file cannot be opened for appending.</exception>
    public static MonitoringLog Open(string file, string systemLog = "/dev/log") =>
        new(LogFile.Open(file), new SystemLog(systemLog, TimeProvider.System));

    /// <summary>Whether each line goes to the machine's log as well, from the next one on: where there is one, and when the
    /// configuration asks for it (<c>use_syslog</c>), it is said that there is none.</summary>
    /// <param name="main">The configuration that is in force from now on.</param>
    public void Follow(MainConfiguration main) => _systemUse = !main.UsesSyslog ? SystemLogUse.None
        : main.Sets("use_syslog") ? SystemLogUse.Asked : SystemLogUse.WhereThereIsOne;

    /// <summary>What is to be done when a new file was begun; called on the log's own thread, before it writes on.</summary>
    public void WhenBegunAnew(Action action) => _file.BegunAnew = action;

    /// <summary>Told on the log's own thread when a mark was reached: all that was queued before it is in the file, or given up.</summary>
    public Action<long, LogPosition> Marked { get; set; } = (_, _) => { };

    /// <summary>Queues a mark: see <see cref="Marked"/>.</summary>
    public void Mark(long mark) => Add(new Item(default, default, Burst: null, Bytes: 0) { Mark = mark }, lines: 0);

    /// <summary>Queues a line; <paramref name="text"/> is one line without its end, in whatever bytes it has.</summary>
    public void Write(DateTimeOffset at, ReadOnlyMemory<byte> text)
    {
        var size = text.Length + BytesBesideText;
        if (Interlocked.Add(ref _waitingBytes, size) > QueueBytes)
        {
            Interlocked.Add(ref _waitingBytes, -size);
            Lose();
            return;
        }

        if (TakeLossText() is { } loss)
        {
            Add(new Item(at, loss, Burst: null, Bytes: 0), lines: 1);
        }

        Add(new Item(at, text, Burst: null, size), lines: 1);
    }

    /// <summary>Queues many lines that are made as they are written: however many they are, none is lost and they are never
    /// in memory together.</summary>
    public void WriteAll(IEnumerable<LogEntry> lines) => Add(new Item(default, default, lines, Bytes: 0), lines: 0);

    /// <summary>Opens the file anew (SIGUSR1, as Naemon does) when what was queued before is written.</summary>
    public void Reopen(DateTimeOffset at) => Add(new Item(at, default, Burst: null, Bytes: 0) { IsRotation = true }, lines: 0);

    public void Dispose()
    {
        _ending.Set();
        _queue.CompleteAdding();
        if (!_thread.Join(EndLimit))
        {
            StandardError.Write($"mond: log_file {_file.Path}: the disk does not answer; {WaitingLines} lines are given up");
        }
        else if (Interlocked.Read(ref _lost) is > 0 and var lost)
        {
            StandardError.Write($"mond: log_file {_file.Path}: {lost} lines were lost{(Problem is null ? "" : $": {Problem}")}");
        }
    }

    private void Add(in Item item, int lines)
    {
        Interlocked.Add(ref _waitingLines, lines);
        try
        {
            _queue.Add(item);
        }
        catch (InvalidOperationException)
        {
            // The log has ended; what comes after the last words is counted and nothing else.
            Interlocked.Add(ref _waitingLines, -lines);
            Interlocked.Add(ref _lost, lines);
        }
    }

    private void Run()
    {
        foreach (var item in _queue.GetConsumingEnumerable())
        {
            if (item.IsRotation)
            {
                Flush();
                _file.Rotate(item.At);
            }
            else if (item.Mark is { } mark)
            {
                Flush();
                Marked(mark, _file.Position);
            }
            else if (item.Burst is { } burst)
            {
                foreach (var line in burst)
                {
                    Interlocked.Increment(ref _waitingLines);
                    AddToBatch(line.At, line.Text.Span);
                }
            }
            else
            {
                AddToBatch(item.At, item.Text.Span);
                Interlocked.Add(ref _waitingBytes, -item.Bytes);
            }

            if (_queue.Count == 0)
            {
                Flush();
                SayWhatWasLost();
            }
        }

        Flush();
        _file.Dispose();
        _system.Dispose();
    }

    private void AddToBatch(DateTimeOffset at, ReadOnlySpan<byte> text)
    {
        if (TellSystem(at, text) is { } problem)
        {
            Interlocked.Increment(ref _waitingLines);
            AddToFile(at, Encoding.UTF8.GetBytes($"Warning: use_syslog is 1, and {_system.Path} takes no lines: {problem}"));
        }

        AddToFile(at, text);
    }

    /// <returns>What is to be said: why it was not taken, once.</returns>
    private string? TellSystem(DateTimeOffset at, ReadOnlySpan<byte> text)
    {
        if (_systemUse == SystemLogUse.None)
        {
            return null;
        }

        (var before, _systemProblem) = (_systemProblem, _system.Send(at, text));
        return _systemUse == SystemLogUse.Asked && before is null ? _systemProblem : null;
    }

    private void AddToFile(DateTimeOffset at, ReadOnlySpan<byte> text)
    {
        Interlocked.Increment(ref _lines);
        _batchTime = at;
        _batch.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{at.ToUnixTimeSeconds()}] ")));
        _batch.Write(text);
        _batch.WriteByte((byte)'\n');
        if (_batch.Length >= BatchBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes the batch, waiting for room as long as the daemon runs.</summary>
    private void Flush()
    {
        var batch = _batch.GetBuffer().AsSpan(0, (int)_batch.Length);
        while (!batch.IsEmpty)
        {
            var added = _file.Add(batch, _batchTime);
            Interlocked.Add(ref _waitingLines, -batch[..added].Count((byte)'\n'));
            batch = batch[added..];
            if (!batch.IsEmpty && _ending.Wait(TryAgain))
            {
                var given = batch.Count((byte)'\n');
                Interlocked.Add(ref _waitingLines, -given);
                Interlocked.Add(ref _lost, given);
                batch = [];
            }
        }

        _batch.SetLength(0);
    }

    private void Lose()
    {
        _lossReason = Problem ?? _lossReason;
        Interlocked.Increment(ref _lost);
        Interlocked.Increment(ref _lostUnsaid);
    }

    /// <summary>When nothing more comes that the number could stand before.</summary>
    private void SayWhatWasLost()
    {
        if (_queue.Count == 0 && TakeLossText() is { } text)
        {
            Interlocked.Increment(ref _waitingLines);
            AddToBatch(_batchTime, text);
            Flush();
        }
    }

    private byte[]? TakeLossText()
    {
        if (Interlocked.Read(ref _lostUnsaid) == 0 || Interlocked.Exchange(ref _lostUnsaid, 0) is not (> 0 and var lost))
        {
            return null;
        }

        var reason = Interlocked.Exchange(ref _lossReason, null) ?? "they came faster than the disk takes them";
        var lines = lost == 1 ? "1 log line was lost" : $"{lost} log lines were lost";
        return Encoding.UTF8.GetBytes($"Warning: {lines}: {reason}");
    }

    private enum SystemLogUse
    {
        None,
        WhereThereIsOne,
        Asked,
    }

    private readonly record struct Item(DateTimeOffset At, ReadOnlyMemory<byte> Text, IEnumerable<LogEntry>? Burst, int Bytes)
    {
        public bool IsRotation { get; init; }

        public long? Mark { get; init; }
    }
}
