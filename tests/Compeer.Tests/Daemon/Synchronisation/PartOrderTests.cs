using System.Text;
using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Configuration.Synchronisation;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Synchronisation;
using Compeer.Tests.Configuration.Synchronisation;

namespace Compeer.Tests.Daemon.Synchronisation;

/// <summary>A poller whose masters offer it parts of different versions of one configuration: it never goes back to an older one.</summary>
public sealed class PartOrderTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly NodeId A = new(1);
    private static readonly NodeId B = new(2);

    private readonly TemporaryFolder _folder = new();
    private readonly List<FilesInput> _inputs = [];
    private readonly List<string> _taken = [];
    private readonly Dictionary<NodeId, Incoming> _masters = [];
    private TaskCompletionSource<string>? _slow;

    public PartOrderTests() => Restart();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Offer_OfAMasterThatIsBehind_IsLeftUntilItHasCaughtUp()
    {
        Assert.Equal(PathOutcome.Same, Offer(A, "one", Version(1)).Outcome);
        Assert.Equal(PathOutcome.Same, Offer(A, "two", Version(2)).Outcome);

        var waiting = Offer(B, "one", Version(1));
        Assert.Equal(PathOutcome.Waiting, waiting.Outcome);
        Assert.Equal("the receiver works by a newer one already, number 2", waiting.Reason);
        Assert.Equal(["one", "two"], _taken);

        // It is connected anew, or this node is started anew, and it is the first that offers.
        _masters[B].Forget();
        Assert.Equal(PathOutcome.Waiting, Offer(B, "one", Version(1)).Outcome);
        Restart();
        Assert.Equal(PathOutcome.Waiting, Offer(B, "one", Version(1)).Outcome);
        Assert.Equal(["one", "two"], _taken);

        Assert.Equal(PathOutcome.Same, Offer(B, "two", Version(2)).Outcome);
        Assert.Equal(PathOutcome.Same, Offer(B, "three", Version(3)).Outcome);
        Assert.Equal(PathOutcome.Waiting, Offer(A, "two", Version(2)).Outcome);
        Assert.Equal("three", _taken[^1]);
    }

    /// <summary>Of two made at the same time, with the same number, the higher hash is the newer: at the masters as well.</summary>
    [Fact]
    public void Offer_OfTwoMadeAtOnce_TheOneThatTheMastersAgreeOnStays()
    {
        Offer(A, "a", Version(2, "a"));
        Offer(B, "b", Version(2, "b"));
        Offer(A, "a again", Version(2, "a"));

        Assert.Equal(["a", "b"], _taken);
    }

    /// <summary>How a part ended counts also when the master that sent it is gone by then.</summary>
    [Theory]
    [InlineData("it has an error", PathOutcome.Same)]
    [InlineData("", PathOutcome.Waiting)]
    public void Offer_OlderAfterTheNewerEndedWithoutItsMaster_IsTakenWhereThatCameToNothing(string problem, PathOutcome outcome)
    {
        _slow = new TaskCompletionSource<string>();
        Send(A, "two", Version(2));
        _masters[A].Forget();
        _slow.SetResult(problem);
        _slow = null;

        Assert.Equal(outcome, Offer(B, "one", Version(1)).Outcome);
    }

    [Fact]
    public void Offer_OlderWhileTheNewerIsBeingTaken_IsLeft()
    {
        _slow = new TaskCompletionSource<string>();
        Send(A, "two", Version(2));
        Assert.Equal(PathOutcome.Waiting, Offer(B, "one", Version(1)).Outcome);

        // It is none to work by: then the older is.
        _slow.SetResult("there is no command 'x'");
        Assert.Equal(PathOutcome.Refused, Assert.Single(_masters[A].Advance(Now)).Outcome);
        _slow = null;
        Assert.Equal(PathOutcome.Same, Assert.Single(Later(B, "one")).Outcome);
        Assert.Equal(["two", "one"], _taken);
    }

    [Fact]
    public void Offer_OfAnotherHistoryOrWithoutAVersion_IsTakenAsItComes()
    {
        Offer(A, "five", Version(5));

        Offer(B, "another", Version(1) with { History = new HistoryId(8) });
        Offer(B, "unnumbered", version: null);

        Assert.Equal(["five", "another", "unnumbered"], _taken);
    }

    [Fact]
    public void Offer_SamePartOfANewerVersion_IsNotTakenTwiceAndCounts()
    {
        Offer(A, "same", Version(1));

        _masters[A].Take([OfferOf("same", Version(2))]);
        Assert.Equal(PathOutcome.Same, Assert.Single(_masters[A].Advance(Now)).Outcome);

        Assert.Equal(["same"], _taken);
        Assert.Equal(PathOutcome.Waiting, Offer(B, "older", Version(1)).Outcome);
    }

    private static ConfigurationVersion Version(long number, string hash = "") =>
        new(number, $"hash-of-{hash}") { History = new HistoryId(7) };

    private static byte[] ManifestOf(string objects) =>
        FileManifest.Encode(new FileTree([Trees.ItemOf($"={objects}@630000000000000000")]));

    private static OfferedPath OfferOf(string objects, ConfigurationVersion? version) =>
        new(PollerMainFile.ObjectFile, ConfigurationManifest.HashOf(ManifestOf(objects))) { Version = version };

    /// <summary>A run of the poller: what it needs to know is on its disk.</summary>
    private void Restart()
    {
        var work = _folder.File("p/var/sync");
        var parts = new SynchronisationParts(
            work,
            new TreeScanner(TimeProvider.System),
            new SynchronisationRecords(work + "/records"),
            new BackupFolder(work + "/backup", TimeProvider.System),
            new PathRules(MonitorPaths.FromPrefix(_folder.File("p"))),
            _inputs.Add,
            (_, _) => null,
            (objects, _) =>
            {
                _taken.Add(Encoding.UTF8.GetString(objects.Span));
                return _slow?.Task ?? Task.FromResult("");
            },
            _ => null);
        foreach (var (id, name) in ((NodeId, string)[])[(A, "a"), (B, "b")])
        {
            _masters[id] = new Incoming(id, parts);
            _masters[id].Follow(MerlinConfigurationReader.Read("merlin.conf", Encoding.UTF8.GetBytes($"master {name} {{\n}}\n"))
                .Configuration!.Nodes[0]);
        }
    }

    private PathReport Offer(NodeId master, string objects, ConfigurationVersion? version)
    {
        Send(master, objects, version);
        return _last ?? Assert.Single(_masters[master].Advance(Now));
    }

    private PathReport? _last;

    /// <summary>Offers, and gives what is asked for.</summary>
    private void Send(NodeId master, string objects, ConfigurationVersion? version)
    {
        _inputs.Clear();
        _masters[master].Take([OfferOf(objects, version)]);
        _last = _masters[master].Advance(Now).SingleOrDefault();
        GiveWhatIsWanted(master, objects, Now);
    }

    private IReadOnlyList<PathReport> Later(NodeId master, string objects)
    {
        var later = Now + TimeSpan.FromMinutes(1);
        _inputs.Clear();
        Assert.Empty(_masters[master].Advance(later));
        GiveWhatIsWanted(master, objects, later);
        return _masters[master].Advance(later);
    }

    private void GiveWhatIsWanted(NodeId master, string objects, DateTimeOffset now)
    {
        byte[][] contents = [ManifestOf(objects), Encoding.UTF8.GetBytes(objects)];
        while (_inputs.OfType<FilesInput.Want>().LastOrDefault() is { Hashes: [var hash, ..] })
        {
            _inputs.Clear();
            var content = contents.Single(content => ConfigurationManifest.HashOf(content) == hash);
            _masters[master].Take(new ClusterEffect.Content(hash, 0, content.Length, content) { FilesOf = master }, now);
            Assert.Empty(_masters[master].Advance(now));
        }
    }
}
