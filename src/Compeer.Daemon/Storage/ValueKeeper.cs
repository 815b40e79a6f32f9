using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Peer;
using Compeer.Storage.Model;

namespace Compeer.Daemon.Storage;

/// <summary>
/// Keeps the values of this node in its database, with a thread of its own: the loop never waits for the disk. It has at most one
/// write at a time; what comes up meanwhile is gathered by the loop, so that a slow disk costs no memory. A database that cannot be
/// used is told of once, and tried again; monitoring goes on, and what it lacks is written when it can be.
/// </summary>
internal sealed class ValueKeeper : IDisposable
{
    /// <summary>How long after a failure it is tried again.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>What is not written after so long is behind.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for the last values to be written.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    private static readonly UnstoredValues Nothing = new(-1, [], [], []);

    private readonly object _gate = new();
    private readonly Queue<UnstoredValues> _waiting = [];
    private readonly Queue<StreamFetch> _fetches = [];
    private readonly DatabaseOpening _opening;
    private readonly DaemonLog _log;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private Action<PeerInput> _post = _ => { };
    private IValueDatabase? _database;
    private StoredValues? _found;
    private string? _problem;
    private long _waitingSince;
    private bool _isFoundElsewhere;
    private bool _isStopping;

    private ValueKeeper(DatabaseOpening opening, DaemonLog log, TimeProvider time)
    {
        (_opening, _log, _time) = (opening, log, time);
        Record = new WriteRecord(time);
        _thread = new Thread(Run) { Name = "storage", IsBackground = true };
    }

    /// <summary>What the database had at the start, once: it is not kept here. Null when it could not be read:
    /// <see cref="PeerInput.Load"/> follows then.</summary>
    public StoredValues? TakeFound()
    {
        var found = _found;
        _found = null;
        return found;
    }

    /// <summary>Why values do not get into the database, or not in time; null while they do.</summary>
    public string? Problem
    {
        get
        {
            lock (_gate)
            {
                var behind = _waiting.Count > 0 ? _time.GetElapsedTime(_waitingSince) : TimeSpan.Zero;
                return _problem is not null && behind <= Slow ? _problem
                    : _problem is not null ? $"{_problem}; what it lacks is {behind.TotalSeconds:0} s old"
                    : behind > Slow ? $"the disk is slow: what is being written waits for {behind.TotalSeconds:0} s" : null;
            }
        }
    }

    /// <summary>How long what is being written has waited; zero when nothing is.</summary>
    public TimeSpan WaitingFor
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count > 0 ? _time.GetElapsedTime(_waitingSince) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>When it was last written, and what last went wrong.</summary>
    public WriteRecord Record { get; }

    /// <summary>The size of the database with its log, bytes; 0 when there is no file.</summary>
    public long SizeBytes => Files.Sum(path => new FileInfo(path) is { Exists: true } file ? file.Length : 0);

    /// <summary>What the database is in.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Opens the database and reads it.</summary>
    /// <param name="open">Opens it; again after a failure.</param>
    /// <param name="setAside">Moves a damaged one out of the way and says where it is.</param>
    /// <param name="salvage">Reads what can be read of a damaged one there.</param>
    /// <param name="readOnly">Reads one that cannot be opened for writing.</param>
    /// <param name="log">For people.</param>
    /// <param name="time">For how long something takes.</param>
    /// <param name="path">Where it is, for its size; empty when it is no file.</param>
    /// <param name="ahead">The database, when it was opened and read already, and what it has.</param>
    public static ValueKeeper Open(
        Func<IValueDatabase> open,
        Func<string> setAside,
        Func<string, StoredValues> salvage,
        Func<StoredValues> readOnly,
        DaemonLog log,
        TimeProvider time,
        string path = "",
        (IValueDatabase Database, StoredValues Found)? ahead = null)
    {
        var keeper = new ValueKeeper(new DatabaseOpening(open, setAside, salvage, log, ahead), log, time)
        {
            Files = path.Length == 0 ? [] : [path, path + "-wal"],
        };
        keeper._found = keeper.TryOpen(isSalvaged: true);
        if (keeper._found is null && !keeper._opening.IsLocked && readOnly() is { Values.Count: > 0 } found)
        {
            keeper._found = found;
            keeper._isFoundElsewhere = true;
        }

        return keeper;
    }

    /// <summary>Begins to write; what comes of it is posted.</summary>
    public void Start(Action<PeerInput> post)
    {
        _post = post;
        if (_opening.HasSalvaged)
        {
            // What was read is in the one that is kept aside.
            _post(new PeerInput.StoreAnew());
        }

        _thread.Start();
    }

    /// <summary>Writes these values soon.</summary>
    public void Write(UnstoredValues values)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _waitingSince = _time.GetTimestamp();
            }

            _waiting.Enqueue(values);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Reads these entries soon.</summary>
    public void Fetch(StreamFetch fetch)
    {
        lock (_gate)
        {
            _fetches.Enqueue(fetch);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits until everything is written, a limited time.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }

        if (!_thread.IsAlive)
        {
            _database?.Dispose();
        }
        else if (!_thread.Join(TimeToEnd))
        {
            _log.Error("the last states are not written: the disk takes too long");
        }
    }

    private void Run()
    {
        while (NextWork() is { } values)
        {
            var hasFailed = _database is null && !Reopen();
            if (!hasFailed && values.Mark >= 0)
            {
                hasFailed = !TryWrite(values);
            }

            hasFailed |= !hasFailed && !TryFetch();

            if (hasFailed)
            {
                _post(new PeerInput.StoreFailed());
                if (!MayTryAgain())
                {
                    break;
                }
            }
        }

        _database?.Dispose();
    }

    /// <summary>Waits for something to do; null when there is nothing more.</summary>
    private UnstoredValues? NextWork()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && _fetches.Count == 0 && !_isStopping && _database is not null)
            {
                Monitor.Wait(_gate);
            }

            // The one that is being written stays: that is how long it waits.
            return _waiting.TryPeek(out var values) ? values : _isStopping ? null : Nothing;
        }
    }

    private bool Reopen()
    {
        if (TryOpen(isSalvaged: true) is not { } found)
        {
            return false;
        }

        // Whatever is in it was never taken, or the run has gone on since: both are put together, and then all is written.
        _post(new PeerInput.Load(_isFoundElsewhere ? StoredValues.Empty : found));
        _isFoundElsewhere = false;
        Works();
        return true;
    }

    private bool TryWrite(UnstoredValues values)
    {
        IReadOnlyList<(StreamId Stream, long Floor)> floors;
        try
        {
            floors = _database!.Write(values);
        }
        catch (StorageException fault)
        {
            Meet(fault);
            return false;
        }

        lock (_gate)
        {
            _waiting.Dequeue();
            _waitingSince = _time.GetTimestamp();
        }

        Works();
        Record.Written();
        _post(new PeerInput.Stored(values.Mark) { Floors = floors });
        return true;
    }

    /// <summary>The database did not do what was asked.</summary>
    private void Meet(StorageException fault)
    {
        Fails(fault.Message);
        if (fault.Fault == StorageFault.Damaged)
        {
            BeginAnew();
        }
    }

    /// <summary>Reads what others wait for.</summary>
    private bool TryFetch()
    {
        while (NextFetch() is { } fetch && _database is { } database)
        {
            try
            {
                var (entries, isEnd) = database.Read(fetch);
                _post(new PeerInput.Fetched(fetch, entries, isEnd));
            }
            catch (StorageException fault)
            {
                Meet(fault);
                return false;
            }

            lock (_gate)
            {
                _fetches.Dequeue();
            }
        }

        return true;
    }

    private StreamFetch? NextFetch()
    {
        lock (_gate)
        {
            return !_isStopping && _fetches.TryPeek(out var fetch) ? fetch : null;
        }
    }

    /// <summary>The database turned out to be damaged: everything goes into a new one. What waits claims what only the old one has, so
    /// it goes without that claim; entries of streams come again from the loop.</summary>
    private void BeginAnew()
    {
        _database!.Dispose();
        _database = null;
        if (TryOpen(isSalvaged: false) is null)
        {
            return;
        }

        lock (_gate)
        {
            var claims = _waiting.ToArray();
            _waiting.Clear();
            foreach (var values in claims)
            {
                _waiting.Enqueue(values with { Knowledge = [], Streams = null });
            }
        }

        _post(new PeerInput.StoreAnew());
    }

    private StoredValues? TryOpen(bool isSalvaged)
    {
        (_database, var found, var problem) = _opening.Try(isSalvaged);
        if (problem is not null)
        {
            Fails(problem);
        }

        return found;
    }

    private void Fails(string problem)
    {
        Record.Failed(problem);
        bool isNew;
        lock (_gate)
        {
            isNew = _problem is null;
            _problem = $"what outlives a restart is not written: {problem}";
        }

        if (isNew)
        {
            _log.Error($"what outlives a restart is not written: {problem}; monitoring goes on, and it is tried again");
        }
    }

    private void Works()
    {
        bool wasBroken;
        lock (_gate)
        {
            wasBroken = _problem is not null;
            _problem = null;
        }

        if (wasBroken)
        {
            _log.Information("what outlives a restart is written again");
        }
    }

    /// <summary>Waits a while after a failure; false when it is the end.</summary>
    private bool MayTryAgain()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                _log.Error("the last states are not written");
                return false;
            }

            Monitor.Wait(_gate, TryAgainAfter);
            return true;
        }
    }
}
