using System.Collections.Concurrent;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Daemon.Storage;
using Compeer.Peer;
using Compeer.Storage.Model;
using Compeer.Tests.Execution;

namespace Compeer.Tests.Daemon.Storage;

public sealed class ValueKeeperTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly BlockingCollection<PeerInput> _posted = [];
    private readonly Disk _disk = new();

    public ValueKeeperTests() => _log = MonitoringLog.Open(_folder.File("naemon.log"));

    [Fact]
    public void Write_Works_SaysThatItIsThere()
    {
        using var keeper = Start();

        keeper.Write(Values(7));

        Assert.Equal(new PeerInput.Stored(7), Next());
        Assert.Equal([7], _disk.Written.Select(values => values.Mark));
        Assert.Null(keeper.Problem);
    }

    [Fact]
    public void Write_Fails_SaysSoOnceKeepsItAndWritesItLater()
    {
        using var keeper = Start();
        _disk.Fault = new StorageException(
            StorageFault.Unavailable, "the file: no space is left on the disk (see df and df -i); make room");

        keeper.Write(Values(7));

        Assert.IsType<PeerInput.StoreFailed>(Next());
        Assert.IsType<PeerInput.StoreFailed>(Next());
        Assert.StartsWith(
            "what outlives a restart is not written: the file: no space is left on the disk (see df and df -i); make room", keeper.Problem,
            StringComparison.Ordinal);

        _disk.Fault = null;
        PeerInput input;
        while ((input = Next()) is PeerInput.StoreFailed)
        {
            // It is tried again and again.
        }

        Assert.Equal(new PeerInput.Stored(7), input);
        Assert.Null(keeper.Problem);
        keeper.Dispose();
        Assert.Equal(2, LogLines().Count(line => line.Contains("what outlives a restart is", StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_FoundDamaged_SetsItAsideAndWantsEverythingAnew()
    {
        using var keeper = Start();
        _disk.FaultOnce = new StorageException(StorageFault.Damaged, "the file: its content is damaged");
        _disk.FaultAtOpening = new StorageException(StorageFault.Damaged, "the file: its content is damaged");

        keeper.Write(Values(7));

        Assert.IsType<PeerInput.StoreAnew>(Next());
        Assert.IsType<PeerInput.StoreFailed>(Next());
        Assert.Equal(new PeerInput.Stored(7), Next());
        Assert.Equal(1, _disk.SetAside);
        Assert.Empty(Assert.Single(_disk.Written).Knowledge);
    }

    [Fact]
    public void Open_FoundDamaged_GivesWhatCanBeReadAndWantsItWritten()
    {
        _disk.FaultAtOpening = new StorageException(StorageFault.Damaged, "the file: its content is damaged");
        _disk.Salvaged = new StoredValues(
            [new Update(new NodeId(1), 1, 1, RegisterKind.CheckState, new byte[] { 1 }, new byte[] { 2 })], []);
        using var keeper = Start();

        Assert.Same(_disk.Salvaged, keeper.TakeFound());
        Assert.IsType<PeerInput.StoreAnew>(Next());
        keeper.Dispose();
        Assert.EndsWith(
            "Error: the file: its content is damaged; it is kept as aside, and a new one is begun with what can be read of it, "
            + "1 values: what else only it had is lost",
            Assert.Single(LogLines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CannotBeRead_GoesOnAndBringsWhatIsThereLater()
    {
        _disk.FaultAtOpening = new StorageException(StorageFault.Locked, "the file: another program holds it");
        using var keeper = Start();
        Assert.Null(keeper.TakeFound());

        Assert.IsType<PeerInput.StoreFailed>(Next());
        _disk.FaultAtOpening = null;
        PeerInput input;
        while ((input = Next()) is PeerInput.StoreFailed)
        {
            // It is tried again and again.
        }

        Assert.Same(_disk.Content, Assert.IsType<PeerInput.Load>(input).Values);
    }

    /// <summary>What another program holds has a write-ahead log that is not read without its lock: what it has would be lost.</summary>
    [Theory]
    [InlineData(StorageFault.Locked, false)]
    [InlineData(StorageFault.Unavailable, true)]
    public void Open_OnlyWhatNobodyHolds_IsReadWithoutItsLock(object fault, bool isRead)
    {
        _disk.FaultAtOpening = new StorageException((StorageFault)fault, "the file: it cannot be used");
        StoredValues old = new(
            [new Update(new NodeId(1), 1, 1, RegisterKind.CheckState, new byte[] { 1 }, new byte[] { 2 })], []);
        using var keeper = Start(TimeProvider.System, () => old);
        Assert.Equal(isRead ? old : null, keeper.TakeFound());

        _disk.FaultAtOpening = null;
        PeerInput input;
        while ((input = Next()) is PeerInput.StoreFailed)
        {
            // It is tried again and again.
        }

        Assert.Same(isRead ? StoredValues.Empty : _disk.Content, Assert.IsType<PeerInput.Load>(input).Values);
    }

    /// <summary>A disk that brings nothing to its plates for seconds: said while it lasts, nobody waits, and nothing is lost.</summary>
    [Fact]
    public void Write_DiskIsSlow_SaysHowLongAndLetsNobodyWait()
    {
        var time = new SteppedTime();
        using var keeper = Start(time);
        using (_disk.Held())
        {
            keeper.Write(Values(1));
            Assert.Null(keeper.Problem);
            time.Step(TimeSpan.FromSeconds(7));
            keeper.Write(Values(2));
            Assert.Equal("the disk is slow: what is being written waits for 7 s", keeper.Problem);
            Assert.InRange(keeper.WaitingFor, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(60));
            Assert.Empty(_disk.Written);
        }

        Assert.Equal(new PeerInput.Stored(1), Next());
        Assert.Equal(new PeerInput.Stored(2), Next());
        Assert.Null(keeper.Problem);
    }

    [Fact]
    public void Record_IsOfTheLastWriteAndTheLastFault()
    {
        using var keeper = Start();
        Assert.Equal((null, null), keeper.Record.Last);
        _disk.Fault = new StorageException(StorageFault.Unavailable, "the disk is full");
        keeper.Write(Values(7));
        Assert.IsType<PeerInput.StoreFailed>(Next());
        Assert.Null(keeper.Record.Last.Written);
        Assert.Equal("the disk is full", keeper.Record.Last.Fault!.Value.Text);
        _disk.Fault = null;
        while (Next() is PeerInput.StoreFailed)
        {
            // It is tried again and again.
        }

        Assert.NotNull(keeper.Record.Last.Written);
        Assert.Equal("the disk is full", keeper.Record.Last.Fault!.Value.Text);
    }

    [Fact]
    public void Fetch_WithNothingToWrite_BringsWhatIsThere()
    {
        using var keeper = Start();
        StreamFetch wanted = new(new StreamId(StreamKind.History, new NodeId(3)), From: 5, Bytes: 100, Version: 2);
        keeper.Fetch(wanted);
        keeper.Fetch(wanted with { From = 9 });
        foreach (var from in (long[])[5, 9])
        {
            var fetched = Assert.IsType<PeerInput.Fetched>(Next());
            Assert.Equal((wanted with { From = from }, true), (fetched.Fetch, fetched.IsEnd));
            Assert.Equal(from, Assert.Single(fetched.Entries).Number);
        }
    }

    [Fact]
    public void Fetch_TheDatabaseCannotBeRead_IsTriedAgain()
    {
        using var keeper = Start();
        _disk.Fault = new StorageException(StorageFault.Unavailable, "it is locked");
        keeper.Fetch(new StreamFetch(new StreamId(StreamKind.History, new NodeId(3)), From: 5, Bytes: 100, Version: 2));
        Assert.IsType<PeerInput.StoreFailed>(Next());
        _disk.Fault = null;
        PeerInput input;
        while ((input = Next()) is PeerInput.StoreFailed)
        {
            // It is tried again and again.
        }

        Assert.Equal(5, Assert.Single(Assert.IsType<PeerInput.Fetched>(input).Entries).Number);
    }

    [Fact]
    public void Dispose_MuchWaits_WritesItFirst()
    {
        var keeper = Start();
        using (_disk.Held())
        {
            keeper.Write(Values(1));
            keeper.Write(Values(2));
        }

        keeper.Dispose();

        Assert.Equal([1, 2], _disk.Written.Select(values => values.Mark));
        Assert.True(_disk.IsDisposed);
    }

    public void Dispose()
    {
        _log.Dispose();
        _posted.Dispose();
        _folder.Dispose();
    }

    private static UnstoredValues Values(long mark) => new(mark, [], [], [new OriginKnowledge(new NodeId(1), [], 0)]);

    private PeerInput Next()
    {
        Assert.True(_posted.TryTake(out var input, TimeSpan.FromSeconds(30)), "nothing came");
        return input;
    }

    private IEnumerable<string> LogLines()
    {
        _log.Dispose();
        return File.ReadLines(_folder.File("naemon.log"));
    }

    private ValueKeeper Start() => Start(TimeProvider.System);

    private ValueKeeper Start(TimeProvider time, Func<StoredValues>? readOnly = null)
    {
        var keeper = ValueKeeper.Open(
            _disk.Open, () => _disk.PutAside(), _disk.Salvage, readOnly ?? (() => StoredValues.Empty),
            new DaemonLog(_log, TimeProvider.System), time);
        keeper.Start(_posted.Add);
        return keeper;
    }

    private sealed class Disk : IValueDatabase
    {
        private readonly Lock _gate = new();

        public StoredValues Content { get; } = new([], []);

        public List<UnstoredValues> Written { get; } = [];

        public volatile StorageException? Fault;

        public StorageException? FaultOnce { get; set; }

        public volatile StorageException? FaultAtOpening;

        public int SetAside { get; private set; }

        public bool IsDisposed { get; private set; }

        public IDisposable Held()
        {
            _gate.Enter();
            return new Release(_gate);
        }

        public Disk Open() => FaultAtOpening is { } fault ? throw fault : this;

        public string PutAside()
        {
            SetAside++;
            FaultAtOpening = null;
            return "aside";
        }

        /// <summary>What can be read of what was put aside.</summary>
        public StoredValues Salvaged { get; set; } = StoredValues.Empty;

        public StoredValues Salvage(string place) => place == "aside" ? Salvaged : throw new ArgumentException(place, nameof(place));

        public StoredValues Read() => Content;

        public (IReadOnlyList<StreamEntry> Entries, bool IsEnd) Read(StreamFetch fetch) =>
            Fault is { } fault ? throw fault : ([new StreamEntry(fetch.From, default)], true);

        public IReadOnlyList<(StreamId Stream, long Floor)> Write(UnstoredValues values)
        {
            lock (_gate)
            {
                if (Fault is { } fault)
                {
                    throw fault;
                }

                if (FaultOnce is { } once)
                {
                    FaultOnce = null;
                    throw once;
                }

                Written.Add(values);
                return values.Streams is null ? [] : [.. values.Streams.Extents.Select(extent => (extent.Stream, 7L))];
            }
        }

        public void Dispose() => IsDisposed = true;

        private sealed class Release(Lock gate) : IDisposable
        {
            public void Dispose() => gate.Exit();
        }
    }
}
