using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Daemon.Hosting;
using Compeer.Daemon.Log;
using Compeer.Daemon.Storage;
using Compeer.Storage.Model;
using Compeer.Storage.Sqlite;
using Compeer.Tests.Daemon.Configuration;

namespace Compeer.Tests.Daemon.Hosting;

public sealed class NodeDatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly MonitorPaths _paths;

    public NodeDatabaseTests()
    {
        _log = MonitoringLog.Open(_folder.File("naemon.log"));
        _paths = MonitorPaths.FromPrefix(_folder.Path);
        Directory.CreateDirectory(_paths.VariableFolder);
        _folder.Write("objects.cfg", SampleObjects.OneHost);
    }

    /// <summary>Begun while the configuration is read, and what was read is what the start goes on with: nothing is opened again.</summary>
    [Fact]
    public void ReadBeside_ThenOpen_GoesOnWithWhatWasRead()
    {
        using var stored = new Stored();
        using var ahead = new DatabaseAhead(() => (stored, stored.Content));
        var loaded = NodeDatabase.ReadBeside(_folder.Write("naemon.cfg", "cfg_file=objects.cfg\n"), ahead);
        Assert.Equal(0, loaded.Errors);

        using (var keeper = NodeDatabase.Open(_paths, loaded, ahead, new DaemonLog(_log, TimeProvider.System)))
        {
            Assert.Same(stored.Content, keeper!.TakeFound());
            Assert.Null(keeper.TakeFound());
            Assert.False(File.Exists(_paths.Database));
            Assert.False(stored.IsDisposed);
        }

        Assert.True(stored.IsDisposed);
    }

    [Fact]
    public void ReadBeside_StatesAreNotKept_OpensNothing()
    {
        using var ahead = new DatabaseAhead(() => throw new InvalidOperationException("opened"));
        var loaded = NodeDatabase.ReadBeside(
            _folder.Write("naemon.cfg", "cfg_file=objects.cfg\nretain_state_information=0\n"), ahead);

        Assert.Null(ahead.Take());
        Assert.Null(NodeDatabase.Open(_paths, loaded, ahead, new DaemonLog(_log, TimeProvider.System)));
    }

    /// <summary>One that cannot be read beside the configuration is opened as always, and what is wrong with it is said.</summary>
    [Fact]
    public void Open_NothingWasReadAhead_OpensAndSaysWhatIsWrong()
    {
        File.WriteAllText(_paths.Database, new string('x', 10_000));
        using var ahead = new DatabaseAhead(() => SqliteDatabase.Ahead(_paths.Database));
        var loaded = NodeDatabase.ReadBeside(_folder.Write("naemon.cfg", "cfg_file=objects.cfg\n"), ahead);

        using (var keeper = NodeDatabase.Open(_paths, loaded, ahead, new DaemonLog(_log, TimeProvider.System)))
        {
            Assert.Empty(keeper!.TakeFound()!.Values);
        }

        _log.Dispose();
        Assert.Contains($"{_paths.Database}: it is no database, or was overwritten; it is kept as ",
            Assert.Single(File.ReadLines(_folder.File("naemon.log"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_NobodyTookIt_ClosesIt()
    {
        using var stored = new Stored();
        var ahead = new DatabaseAhead(() => (stored, stored.Content));
        ahead.Begin();
        ahead.Dispose();

        Assert.True(SpinWait.SpinUntil(() => stored.IsDisposed, TimeSpan.FromSeconds(30)), "it is still open");
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    private sealed class Stored : IValueDatabase
    {
        private volatile bool _isDisposed;

        public StoredValues Content { get; } = new([], []);

        public bool IsDisposed => _isDisposed;

        public StoredValues Read() => throw new InvalidOperationException("read again");

        public IReadOnlyList<(StreamId Stream, long Floor)> Write(UnstoredValues values) => [];

        public (IReadOnlyList<StreamEntry> Entries, bool IsEnd) Read(StreamFetch fetch) => ([], true);

        public void Dispose() => _isDisposed = true;
    }
}
