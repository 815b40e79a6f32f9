using Compeer.Api;
using Compeer.Configuration.Versions;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Versions;
using Compeer.Platform.Files;
using Compeer.Tests.Execution;

namespace Compeer.Tests.Daemon.Versions;

/// <summary>A configuration that is made at one node and put in place at another.</summary>
public sealed class ConfigurationInstallerTests : IDisposable
{
    private const string Command = "define command {\n command_name ok\n command_line /bin/true\n}\n";

    private readonly TemporaryFolder _folder = new();
    private readonly VersionStore _store;
    private readonly ConfigurationInstaller _installer;

    public ConfigurationInstallerTests()
    {
        _store = new VersionStore(MonitorPaths.FromPrefix(_folder.File("here")));
        _installer = new ConfigurationInstaller(_folder.File("here/etc/naemon.cfg"), _store);
        Write("here", "log_file=/x # mine\ncfg_dir=conf.d\n", ("conf.d/old.cfg", Command + Host("h1")), ("conf.d/same.cfg", Host("h2")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Install_BringsFilesVariablesAndRemovals()
    {
        var wanted = Make("interval_length=1\ncfg_dir=conf.d\ncfg_file=more/new.cfg\n",
            ("conf.d/same.cfg", Host("h2")), ("more/new.cfg", Command + Host("h3")));

        Install(wanted);

        Assert.Equal(wanted.Hash, ConfigurationLoader.Load(Main).Hash);
        Assert.False(File.Exists(_folder.File("here/etc/conf.d/old.cfg")));
        Assert.StartsWith("log_file=/x # mine\n", File.ReadAllText(Main), StringComparison.Ordinal);
        Assert.Equal(File.GetUnixFileMode(Main), File.GetUnixFileMode(_folder.File("here/etc/more/new.cfg")));
        Assert.False(File.Exists(_store.JournalFile));
    }

    [Fact]
    public void Install_Twice_WritesNothingTheSecondTime()
    {
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/a.cfg", Command + Host("h3")));
        Install(wanted);
        var file = _folder.File("here/etc/conf.d/a.cfg");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        Install(wanted);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void Prepare_BadHere_IsRefusedWithFileAndLineAndNothingChanges()
    {
        var before = ConfigurationLoader.Load(Main).Hash;
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/a.cfg", Command + "define host {\n host_nme x\n}\n"));

        Assert.Null(_installer.Prepare(wanted, out var findings));

        Assert.Contains(findings, finding => finding.Position.File.EndsWith("here/etc/conf.d/a.cfg", StringComparison.Ordinal)
            && finding.Position.Line == 6 && finding.Message.Contains("host_nme", StringComparison.Ordinal));
        Assert.Equal(before, ConfigurationLoader.Load(Main).Hash);
    }

    [Fact]
    public void Prepare_NeedsAFileOutsideThatIsNotTheSame_IsRefused()
    {
        var outside = _folder.Write("outside.cfg", Command);
        var wanted = Make($"cfg_file={outside}\ncfg_dir=conf.d\n", ("conf.d/a.cfg", Host("h3")));
        File.WriteAllText(outside, Command + "# changed\n");

        Assert.Null(_installer.Prepare(wanted, out var findings));
        Assert.Contains(findings, finding => finding.Message.Contains("outside of the configuration's folder", StringComparison.Ordinal));

        File.WriteAllText(outside, Command);
        Assert.NotNull(_installer.Prepare(wanted, out _));
    }

    [Fact]
    public void Prepare_ThroughALinkOfThisNode_IsRefused()
    {
        Directory.CreateDirectory(_folder.File("secret"));
        Directory.CreateSymbolicLink(_folder.File("here/etc/conf.d/out"), _folder.File("secret"));
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/out/a.cfg", Command + Host("h3")));

        Assert.Null(_installer.Prepare(wanted, out var findings));
        Assert.Contains(findings, finding => finding.Message.Contains("through the link", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("resource.cfg")]
    [InlineData("htpasswd.users")]
    public void Prepare_InThePlaceOfAFileThatIsNoObjectFile_IsRefused(string name)
    {
        var wanted = Make($"cfg_file={name}\n", (name, Command));
        File.WriteAllText(_folder.File($"here/etc/{name}"), "secret");

        Assert.Null(_installer.Prepare(wanted, out var findings));
        Assert.Contains(findings, finding => finding.Message.Contains("is no object file of this node's", StringComparison.Ordinal));
        Assert.Equal("secret", File.ReadAllText(_folder.File($"here/etc/{name}")));
    }

    [Fact]
    public void Prepare_LinkThatThisNodeReadsAlready_IsReplacedWhereItLeads()
    {
        var elsewhere = _folder.Write("repository/linked.cfg", Host("h9"));
        File.CreateSymbolicLink(_folder.File("here/etc/conf.d/linked.cfg"), elsewhere);
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/linked.cfg", Command + Host("h3")));

        Install(wanted);

        Assert.Equal(Command + Host("h3"), File.ReadAllText(elsewhere));
        Assert.NotNull(new FileInfo(_folder.File("here/etc/conf.d/linked.cfg")).LinkTarget);
    }

    [Fact]
    public void Resume_CutOffAtAnyFile_EndsAtTheNewConfiguration()
    {
        var wanted = Make("cfg_dir=conf.d\n",
            ("conf.d/a.cfg", Command), ("conf.d/b.cfg", Host("h3")), ("conf.d/c/d.cfg", Host("h4")));
        for (var cut = 0; cut < 3; cut++)
        {
            Write("here", "log_file=/x\ncfg_dir=conf.d\n", ("conf.d/old.cfg", Command + Host("h1")));

            // A folder stands where one of the files belongs: the installation ends there, as a kill does.
            var prepared = _installer.Prepare(wanted, out _)!;
            var obstacle = _folder.File(new[] { "here/etc/conf.d/a.cfg", "here/etc/conf.d/b.cfg", "here/etc/conf.d/c" }[cut]);
            if (cut == 2)
            {
                File.WriteAllText(obstacle, "");
            }
            else
            {
                Directory.CreateDirectory(obstacle);
            }

            Assert.ThrowsAny<Exception>(() => _installer.Install(prepared));
            Assert.True(File.Exists(_store.JournalFile));
            Assert.Contains("cannot be finished yet", _installer.Resume(), StringComparison.Ordinal);
            if (cut == 2)
            {
                File.Delete(obstacle);
            }
            else
            {
                Directory.Delete(obstacle);
            }

            Assert.Contains("is finished now", _installer.Resume(), StringComparison.Ordinal);
            Assert.Equal(wanted.Hash, ConfigurationLoader.Load(Main).Hash);
            Assert.Equal("", _installer.Resume());
        }
    }

    [Fact]
    public void Resume_WithoutWhatItNeeds_SaysSoOnce()
    {
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/a.cfg", Command));
        File.WriteAllText(
            _store.JournalFile,
            $$"""{"main_file":"{{Main}}","manifest":"{{new string('0', 64)}}","main":"{{wanted.Hash}}","deleted":[]}""");

        Assert.Contains("cannot be finished", _installer.Resume(), StringComparison.Ordinal);
        Assert.Equal("", _installer.Resume());
    }

    /// <summary>Somebody who may write in a folder of the configuration leads nobody's files under what others send.</summary>
    [RootFact]
    public void Prepare_LinkOfSomebodyElseThatThisNodeReadsAlready_IsRefused()
    {
        var victim = _folder.Write("victim", "# nothing\n");
        LinkOfAnother("here/etc/conf.d/linked.cfg", victim);
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/linked.cfg", Command + Host("h3")));

        Assert.Null(_installer.Prepare(wanted, out var findings));

        Assert.Contains(findings, finding => finding.Message.Contains(
            $"conf.d/linked.cfg is a link to {victim}, made by a user whom", StringComparison.Ordinal));
    }

    /// <summary>Between what was looked at and what is written, or written at the next start, a link may have come.</summary>
    [RootFact]
    public void Install_LinkThatCameMeanwhile_IsNotFollowed()
    {
        var victim = _folder.Write("victim", "theirs");
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/a.cfg", Command + Host("h3")));
        var prepared = _installer.Prepare(wanted, out _)!;
        var link = LinkOfAnother("here/etc/conf.d/a.cfg", victim);

        Assert.Throws<IOException>(() => _installer.Install(prepared));
        Assert.Contains("cannot be finished yet", _installer.Resume(), StringComparison.Ordinal);
        Assert.Equal("theirs", File.ReadAllText(victim));

        File.Delete(link);
        Directory.Move(_folder.File("here/etc/conf.d"), _folder.File("here/etc/moved"));
        LinkOfAnother("here/etc/conf.d", Directory.CreateDirectory(_folder.File("elsewhere")).FullName);
        Assert.Contains("made by a user whom", _installer.Resume(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.File("elsewhere")));

        File.Delete(_folder.File("here/etc/conf.d"));
        Directory.Move(_folder.File("here/etc/moved"), _folder.File("here/etc/conf.d"));
        Assert.Contains("is finished now", _installer.Resume(), StringComparison.Ordinal);
        Assert.Equal(wanted.Hash, ConfigurationLoader.Load(Main).Hash);
    }

    /// <summary>A link of the administrator's to where nothing is yet is none that this node read an object file through.</summary>
    [Fact]
    public void Install_LinkToNothingThatCameMeanwhile_MakesNoFileThere()
    {
        var wanted = Make("cfg_dir=conf.d\n", ("conf.d/a.cfg", Command + Host("h3")));
        var prepared = _installer.Prepare(wanted, out _)!;
        File.CreateSymbolicLink(_folder.File("here/etc/conf.d/a.cfg"), _folder.File("elsewhere"));

        Assert.Contains(
            "where there is no file",
            Assert.Throws<IOException>(() => _installer.Install(prepared)).Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("elsewhere")));
    }

    [RootFact]
    public void Install_FolderOfWhatIsRemovedIsALinkMeanwhile_RemovesNothingThere()
    {
        var victim = _folder.Write("elsewhere/old.cfg", "theirs");
        var wanted = Make("cfg_file=a.cfg\n", ("a.cfg", Command + Host("h3")));
        var prepared = _installer.Prepare(wanted, out _)!;
        Directory.Delete(_folder.File("here/etc/conf.d"), recursive: true);
        LinkOfAnother("here/etc/conf.d", _folder.File("elsewhere"));

        Assert.Throws<IOException>(() => _installer.Install(prepared));

        Assert.Equal("theirs", File.ReadAllText(victim));
    }

    private string Main => _folder.File("here/etc/naemon.cfg");

    private string LinkOfAnother(string name, string target)
    {
        var link = _folder.File(name);
        File.CreateSymbolicLink(link, target);
        Assert.True(new FileOwner(60_001, 60_001).TryGive(link));
        return link;
    }

    private static string Host(string name) => $"define host {{\n host_name {name}\n address 127.0.0.1\n check_command ok\n"
        + " max_check_attempts 1\n}\n";

    /// <summary>Makes a configuration at another node and keeps it here, as if it had come over a link.</summary>
    private ConfigurationManifest Make(string main, params (string Name, string Text)[] files)
    {
        Write("there", main, files);
        var loaded = ConfigurationLoader.Load(_folder.File("there/etc/naemon.cfg"));
        foreach (var file in loaded.ObjectFiles)
        {
            _store.Content.Write(ConfigurationManifest.HashOf(file.Content.Span), file.Content.Span);
        }

        var manifest = loaded.Manifest!;
        _store.Content.Write(manifest.Hash, manifest.Encode());
        return manifest;
    }

    private void Write(string node, string main, params (string Name, string Text)[] files)
    {
        if (Directory.Exists(_folder.File($"{node}/etc")))
        {
            Directory.Delete(_folder.File($"{node}/etc"), recursive: true);
        }

        _folder.Write($"{node}/etc/naemon.cfg", main);
        foreach (var (name, text) in files)
        {
            _folder.Write($"{node}/etc/{name}", text);
        }
    }

    private void Install(ConfigurationManifest wanted)
    {
        var prepared = _installer.Prepare(wanted, out var findings);
        Assert.True(prepared is not null, string.Join('\n', findings));
        _installer.Install(prepared);
    }
}
