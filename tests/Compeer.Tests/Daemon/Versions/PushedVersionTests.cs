using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Versions;

namespace Compeer.Tests.Daemon.Versions;

/// <summary>A configuration on its way from one node to another, and the version by which it is taken up.</summary>
public sealed class PushedVersionTests : IDisposable
{
    private const string Objects = "define command {\n command_name ok\n command_line /bin/true\n}\n";

    private static readonly string Hash = new('a', 64);
    private static readonly HistoryId Ours = new(1);
    private static readonly HistoryId Theirs = new(2);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pushed_IsWhatItWasPushedAsUntilSomethingElseIsInForce()
    {
        var pushed = new PushedVersion(_folder.File("pushed.json"));
        var version = Version(3, Theirs);
        Assert.Null(pushed.Of(Hash, inForce: null));

        pushed.Note(version);

        Assert.Equal(version, pushed.Of(Hash, inForce: null));
        Assert.Equal([7UL], pushed.Of(Hash, Version(9, Ours))!.Ancestors.ToArray());
        Assert.Null(pushed.Of(new string('b', 64), inForce: null));
        Assert.Null(pushed.Of(Hash, Version(3, Theirs)));
        pushed.ForgetUnless(Hash);
        Assert.NotNull(pushed.Of(Hash, Version(2, Theirs)));
        pushed.ForgetUnless(new string('b', 64));
        Assert.Null(pushed.Of(Hash, inForce: null));
    }

    [Fact]
    public void Staged_OfAnotherHistory_IsTakenUpAsItIs()
    {
        var staged = Stage(Version(3, Theirs), out var hash);

        Assert.Equal(new ConfigurationVersion(4, hash) { History = Theirs, Origin = new NodeId(5) }, staged.Version);
        Assert.Equal(staged.Version, staged.AsTakenUpAfter(Version(99, Ours)));
        Assert.Equal(ConfigurationVersion.Unnumbered(hash), staged.AsTakenUpAfter(Version(99, Theirs)));
        Assert.Equal(staged.Version, staged.AsTakenUpAfter(Version(3, Theirs)));
        var same = new ConfigurationVersion(99, hash) { History = Theirs };
        Assert.Equal(same, staged.AsTakenUpAfter(same));
        Assert.Contains(Version(3, Theirs).Mark, staged.Version.Ancestors);
    }

    [Fact]
    public void Staged_ChangedOnTheWay_IsRefused()
    {
        Stage(version: null, out _);
        File.WriteAllText(_folder.File("staged/objects/a.cfg"), Objects.Replace("true", "tru2", StringComparison.Ordinal));
        Assert.Null(Read(out var changed));
        Assert.Equal("'objects/a.cfg' is not what its manifest says", changed);

        File.Delete(_folder.File("staged/objects/a.cfg"));
        File.CreateSymbolicLink(_folder.File("staged/objects/a.cfg"), "/etc/passwd");
        Assert.Null(Read(out var linked));
        Assert.Equal("'objects/a.cfg' is no file", linked);

        File.WriteAllText(_folder.File("staged/.manifest"), "compeer configuration 1\nfile 1 " + Hash + " ../a.cfg\n");
        Assert.Null(Read(out var outside));
        Assert.Contains("leads elsewhere", outside, StringComparison.Ordinal);
    }

    private static ConfigurationVersion Version(long number, HistoryId history) =>
        new(number, Hash) { History = history, Origin = new NodeId(5), Ancestors = [7] };

    private StagedConfiguration Stage(ConfigurationVersion? version, out string hash)
    {
        _folder.Write("etc/naemon.cfg", "cfg_dir=objects\n");
        _folder.Write("etc/objects/a.cfg", Objects);
        var loaded = ConfigurationLoader.Load(_folder.File("etc/naemon.cfg"));
        hash = loaded.Hash;
        Directory.CreateDirectory(_folder.File("staged"));
        StagedConfiguration.Write(_folder.File("staged"), loaded, version);
        return Read(out _)!;
    }

    private StagedConfiguration? Read(out string problem) => StagedConfiguration.Read(
        _folder.File("staged"),
        _folder.File("etc/naemon.cfg"),
        new VersionStore(MonitorPaths.FromPrefix(_folder.File("."))).Content,
        out problem);
}
