using System.Collections.Concurrent;
using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Log;
using Compeer.Daemon.Versions;
using Compeer.Tests.Configuration.Versions;

namespace Compeer.Tests.Daemon.Versions;

/// <summary>A node that is behind, and a test that plays the cluster machine and the neighbours behind it.</summary>
public sealed class ConfigurationFollowerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Text = new('x', 1_000);

    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly VersionStore _store;
    private readonly Taker _taker = new();
    private readonly BlockingCollection<ConfigurationInput> _inputs = [];
    private readonly ConfigurationFollower _follower;
    private readonly ConfigurationManifest _wanted =
        ConfigurationManifestTests.Manifest("/etc/naemon.cfg", "cfg_dir=.\n", ("/etc/a.cfg", Text), ("/etc/b.cfg", "b"));

    public ConfigurationFollowerTests()
    {
        _log = MonitoringLog.Open(_folder.File("naemon.log"));
        _store = new VersionStore(MonitorPaths.FromPrefix(_folder.Path));
        _follower = new ConfigurationFollower(_store, _taker, _inputs.Add, new DaemonLog(_log, TimeProvider.System))
        {
            TryAgain = TimeSpan.FromMilliseconds(20),
        };
        _follower.Start();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _follower.DisposeAsync();
        _log.Dispose();
        _inputs.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Behind_FetchesTheManifestThenWhatIsMissingAndTakesItUp()
    {
        _store.Content.Write(ConfigurationManifest.HashOf("b"u8), "b"u8);
        _follower.Post(new ClusterEffect.Behind(Version));

        Assert.Equal([_wanted.Hash], Next<ConfigurationInput.Want>().Hashes);
        Send(_wanted.Hash, _wanted.Encode());
        Assert.Equal([_wanted.Files[0].Hash], Next<ConfigurationInput.Want>().Hashes);
        Send(_wanted.Files[0].Hash, Encoding.UTF8.GetBytes(Text), pieces: 3);

        Assert.Null(Next<ConfigurationInput.Refuse>().Configuration);
        Assert.Equal(Version, _taker.Taken!.Value.Version);
        Assert.Equal(_wanted.Hash, _taker.Taken.Value.Manifest.Hash);
    }

    [Fact]
    public void Behind_AllIsHereAlready_TakesItUpAtOnce()
    {
        Keep();
        _follower.Post(new ClusterEffect.Behind(Version));

        Assert.Null(Next<ConfigurationInput.Refuse>().Configuration);
        Assert.NotNull(_taker.Taken);
    }

    [Fact]
    public void Behind_NotGoodHere_IsRefusedWithItsReasonAndTriedAgainWhenThereIsANewer()
    {
        Keep();
        _taker.Problem = "hosts.cfg:3: no";
        _follower.Post(new ClusterEffect.Behind(Version));
        Assert.Equal(new RefusedConfiguration(_wanted.Hash, "hosts.cfg:3: no"), Next<ConfigurationInput.Refuse>().Configuration);

        _taker.Problem = "";
        _follower.Post(new ClusterEffect.Behind(Version with { Number = 9 }));
        Assert.Null(Next<ConfigurationInput.Refuse>().Configuration);
        Assert.Equal(9, _taker.Taken!.Value.Version.Number);
    }

    [Fact]
    public void Behind_DiskDoesNotTakeIt_IsTriedAgainUntilItDoes()
    {
        Keep();
        _taker.Disk = new IOException("no room");
        _follower.Post(new ClusterEffect.Behind(Version));

        // The tries that follow by themselves meet the same.
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal(new RefusedConfiguration(_wanted.Hash, "no room"), Next<ConfigurationInput.Refuse>().Configuration);
        }

        _taker.Disk = null;
        Assert.True(Enumerable.Range(0, 20).Any(_ => Next<ConfigurationInput.Refuse>().Configuration is null), "refused for ever");
        Assert.Equal(Version, _taker.Taken!.Value.Version);
    }

    [Fact]
    public void Content_NotWhatItsHashSays_IsRefusedAndNothingIsKept()
    {
        _follower.Post(new ClusterEffect.Behind(Version));
        Next<ConfigurationInput.Want>();
        _follower.Post(new ClusterEffect.Content(_wanted.Hash, 0, 5, "wrong"u8.ToArray()));

        Assert.Contains("not what its hash says", Next<ConfigurationInput.Refuse>().Configuration!.Reason, StringComparison.Ordinal);
        Assert.False(_store.Content.Has(_wanted.Hash));
        Assert.Null(_taker.Taken);
    }

    [Fact]
    public void Content_LongerThanTheManifestSays_IsRefused()
    {
        _follower.Post(new ClusterEffect.Behind(Version));
        Next<ConfigurationInput.Want>();
        Send(_wanted.Hash, _wanted.Encode());
        var hash = Next<ConfigurationInput.Want>().Hashes[0];
        _follower.Post(new ClusterEffect.Content(hash, 0, 1L << 30, new byte[100]));

        Assert.Contains("bytes where", Next<ConfigurationInput.Refuse>().Configuration!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Manifest_NamesThatLeadElsewhere_IsRefused()
    {
        var text = $"compeer configuration 1\nfile 1 {ConfigurationManifest.HashOf("b"u8)} ../../root/.ssh/authorized_keys\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = ConfigurationManifest.HashOf(bytes);
        _follower.Post(new ClusterEffect.Behind(new ConfigurationVersion(5, hash)));
        Next<ConfigurationInput.Want>();
        Send(hash, bytes);

        Assert.Contains("leads elsewhere", Next<ConfigurationInput.Refuse>().Configuration!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_NamedByNoHash_IsRefused()
    {
        _follower.Post(new ClusterEffect.Behind(new ConfigurationVersion(5, "../../etc/passwd")));
        Assert.Contains("no hash", Next<ConfigurationInput.Refuse>().Configuration!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadContent_GivesWhatIsAskedForAndSaysWhatIsNotHere()
    {
        Keep();
        _follower.Post(new ClusterEffect.ReadContent(new LinkId(3), _wanted.Files[0].Hash, 990, 100));
        var read = Next<ConfigurationInput.Read>();
        Assert.Equal((new LinkId(3), 990L, 1_000L, 10), (read.Link, read.Offset, read.Total, read.Data.Length));

        _follower.Post(new ClusterEffect.ReadContent(new LinkId(3), new string('0', 64), 0, 100));
        Assert.Null(Next<ConfigurationInput.Read>().Total);
    }

    private ConfigurationVersion Version => new(5, _wanted.Hash) { Origin = new NodeId(2), History = new HistoryId(3) };

    private void Keep()
    {
        _store.Content.Write(_wanted.Hash, _wanted.Encode());
        _store.Content.Write(ConfigurationManifest.HashOf("b"u8), "b"u8);
        _store.Content.Write(_wanted.Files[0].Hash, Encoding.UTF8.GetBytes(Text));
    }

    private void Send(string hash, byte[] content, int pieces = 1)
    {
        var length = (content.Length + pieces - 1) / pieces;
        for (var offset = 0; offset < content.Length; offset += length)
        {
            var piece = content.AsMemory(offset, Math.Min(length, content.Length - offset));
            _follower.Post(new ClusterEffect.Content(hash, offset, content.Length, piece));
            var taken = Next<ConfigurationInput.Taken>();
            Assert.Equal(
                (hash, (long)offset + piece.Length, offset + piece.Length == content.Length), (taken.Hash, taken.Received, taken.IsWhole));
        }
    }

    private T Next<T>()
        where T : ConfigurationInput
    {
        Assert.True(_inputs.TryTake(out var input, Patience), $"no {typeof(T).Name} came");
        return Assert.IsType<T>(input);
    }

    private sealed class Taker : IConfigurationTaker
    {
        public string Problem { get; set; } = "";

        public IOException? Disk { get; set; }

        public (ConfigurationManifest Manifest, ConfigurationVersion Version)? Taken { get; private set; }

        public Task<string> TakeUpAsync(ConfigurationManifest manifest, ConfigurationVersion version, string came)
        {
            if (Disk is { } disk)
            {
                throw disk;
            }

            Taken = Problem.Length > 0 ? Taken : (manifest, version);
            return Task.FromResult(Problem);
        }
    }
}
