using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Daemon.Links;
using Compeer.Daemon.Log;
using Compeer.Daemon.Nodes;
using Compeer.Tests.Daemon.Http;

namespace Compeer.Tests.Daemon.Nodes;

/// <summary><c>auto_delete</c>: who is away for too long goes, but for the last of a group and when the whole group is away.</summary>
public sealed class PollerRemovalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("b c", 301, true, "a")]
    [InlineData("b c", 300, true, "")]
    [InlineData("c", 301, true, "a b")]
    [InlineData("", 301, true, "")]
    [InlineData("b c", 301, false, "")]
    public void Look_Pollers_NamesThoseThatAreAwayForTooLong(string there, int away, bool isSet, string expected)
    {
        var nodes = Nodes(isSet ? "auto_delete = 300\n" : "", "a", "b", "c");

        Assert.Equal(expected, Names(After(away, nodes, View(nodes, there))));
    }

    /// <summary>Whatever the wall clock says: it may have been set, or the machine have slept.</summary>
    [Fact]
    public void Look_WhoIsAwayForTheFirstTime_Stays()
    {
        var nodes = Nodes("auto_delete = 300\n", "a", "b");

        Assert.Empty(new AbsentPollers().Look(nodes, View(nodes, "b"), TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Look_WhoWasNeverSeen_IsAwaySinceTheFirstLook()
    {
        var nodes = Nodes("auto_delete = 300\n", "a", "b");
        var view = View(nodes, "b");
        view = view with { Nodes = [.. view.Nodes.Where(node => node.Name != "a")] };

        Assert.Empty(After(300, nodes, view));
        Assert.Equal(("a", TimeSpan.FromSeconds(301)), Assert.Single(After(301, nodes, view)));
    }

    [Fact]
    public void Look_WhoWasThereMeanwhile_IsAwaySinceThen()
    {
        var nodes = Nodes("auto_delete = 300\n", "a", "b");
        var absent = new AbsentPollers();
        absent.Look(nodes, View(nodes, "b"), TimeSpan.Zero);
        absent.Look(nodes, View(nodes, "a b"), TimeSpan.FromSeconds(200));
        absent.Look(nodes, View(nodes, "b"), TimeSpan.FromSeconds(230));

        Assert.Empty(absent.Look(nodes, View(nodes, "b"), TimeSpan.FromSeconds(530)));
        Assert.Equal("a", Names(absent.Look(nodes, View(nodes, "b"), TimeSpan.FromSeconds(531))));
    }

    /// <summary>The network of a master was lost for an hour; the first poller that is back does not cost the others.</summary>
    [Fact]
    public void Look_TheFirstOfAGroupIsBack_TheOthersHaveTheirTime()
    {
        var nodes = Nodes("auto_delete = 300\n", "a", "b", "c");
        var absent = new AbsentPollers();
        absent.Look(nodes, View(nodes, "b"), TimeSpan.Zero);
        absent.Look(nodes, View(nodes, ""), TimeSpan.FromSeconds(30));

        Assert.Empty(absent.Look(nodes, View(nodes, "b"), TimeSpan.FromHours(1)));
        Assert.Equal("a c", Names(absent.Look(nodes, View(nodes, "b"), TimeSpan.FromSeconds(3901))));
    }

    /// <summary>Its last peer of all stays, also when that has another host group.</summary>
    [Fact]
    public void Look_TheOnlyOneOfItsGroup_Stays()
    {
        var nodes = Nodes("auto_delete = 300\n", "a");

        Assert.Empty(After(999, nodes, View(nodes, "")));
    }

    [Fact]
    public async Task Look_PollerAway_IsTakenOutOfTheFileAndSaid()
    {
        var nodes = Nodes("auto_delete = 1\n", "a", "b");
        var file = _folder.File("merlin.conf");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var log = MonitoringLog.Open(_folder.File("log")))
        {
            var daemonLog = new DaemonLog(log, TimeProvider.System);
            await using var directory = NodeDirectory.Open(new NodeFiles(file, default), daemonLog, TimeProvider.System);
            var later = new LaterTime();
            await using var removal = new PollerRemoval(
                directory, file, _ => Task.FromResult(View(nodes, "b")), daemonLog, later);
            await removal.LookAsync();
            Assert.Equal(2, directory.Current.Nodes.Length);

            later.Shift = TimeSpan.FromMinutes(10);
            await removal.LookAsync();
            Assert.Equal("b", Assert.Single(directory.Current.Nodes).Definition.Name);
        }

        Assert.DoesNotContain("poller a ", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("poller a was not seen for", File.ReadAllText(_folder.File("log")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path, ".merlin*"));
    }

    /// <summary>A file that cannot be changed is looked at again every 30 s; the log says so once.</summary>
    [Fact]
    public async Task Look_FileThatCannotBeChanged_IsSaidOnce()
    {
        var nodes = Nodes("auto_delete = 1\n", "a", "b");
        var file = _folder.File("merlin.conf");
        using (var log = MonitoringLog.Open(_folder.File("log")))
        {
            var daemonLog = new DaemonLog(log, TimeProvider.System);
            await using var directory = NodeDirectory.Open(new NodeFiles(file, default), daemonLog, TimeProvider.System);
            var later = new LaterTime();
            await using var removal = new PollerRemoval(
                directory, file, _ => Task.FromResult(View(nodes, "b")), daemonLog, later);
            await removal.LookAsync();
            later.Shift = TimeSpan.FromMinutes(10);
            File.Move(file, file + ".old");
            Directory.CreateDirectory(file);
            await removal.LookAsync();
            await removal.LookAsync();
        }

        Assert.Single(
            File.ReadAllLines(_folder.File("log")),
            line => line.Contains("poller a, which auto_delete says is to go, cannot be removed from ", StringComparison.Ordinal));
    }

    /// <summary>What is to go when all has been as it is for some seconds.</summary>
    private static IReadOnlyList<(string Name, TimeSpan Away)> After(int seconds, NodeSet nodes, ClusterSnapshot view)
    {
        var absent = new AbsentPollers();
        absent.Look(nodes, view, TimeSpan.Zero);
        return absent.Look(nodes, view, TimeSpan.FromSeconds(seconds));
    }

    private static string Names(IEnumerable<(string Name, TimeSpan Away)> absent) => string.Join(' ', absent.Select(one => one.Name));

    private NodeSet Nodes(string more, params string[] names)
    {
        foreach (var name in names)
        {
            using var key = NodeKey.LoadOrCreate(_folder.File($"{name}/node.key"));
            _folder.Write($"{name}.pub", key.Pin.ToPem());
        }

        var file = _folder.Write(
            "merlin.conf",
            string.Concat(names.Select(name => $"poller {name} {{\n hostgroup = x\n publickey = {name}.pub\n {more}}}\n")));
        return new NodeFiles(file, default).Read(out _)!;
    }

    private static ClusterSnapshot View(NodeSet nodes, string there) =>
        NodesViewTests.Cluster(new ConfigurationVersion(1, "a"), [new(1)], []) with
        {
            Nodes =
            [
                .. nodes.Nodes.Select(node => NodesViewTests.Node(node.Pin!, new ConfigurationVersion(1, "a")) with
                {
                    Name = node.Definition.Name,
                    Kind = NeighbourKind.Poller,
                    State = there.Split(' ').Contains(node.Definition.Name) ? NodeLinkState.Active : NodeLinkState.Down,
                }),
            ],
        };

    private sealed class LaterTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Shift.TotalSeconds * TimestampFrequency);
    }
}
