using System.Diagnostics;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;

namespace Compeer.Tests.Daemon.Configuration;

public sealed class ConfigurationLoaderTests : IDisposable
{
    private const string Host = SampleObjects.OneHost;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_FolderOfFiles_ReadsThemRecursivelyWithoutHiddenAndForeignOnes()
    {
        _folder.Write("objects/a.cfg", Host);
        var second = Host.Replace("web1", "web2", StringComparison.Ordinal).Replace("name ok", "name ok2", StringComparison.Ordinal);
        _folder.Write("objects/deep/er/b.cfg", second);
        _folder.Write("objects/.hidden.cfg", "nonsense");
        _folder.Write("objects/a.cfg.rpmsave", "nonsense");
        var main = _folder.Write("naemon.cfg", "cfg_dir=objects\n");
        var loaded = ConfigurationLoader.Load(main);
        Assert.Empty(loaded.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error));
        Assert.Equal(["web1", "web2"], loaded.Objects!.Hosts.Select(host => host.Name));
        Assert.Equal([_folder.File("objects/a.cfg"), _folder.File("objects/deep/er/b.cfg")], loaded.ObjectFiles.Select(file => file.Path));
        Assert.Equal(64, loaded.Hash.Length);
    }

    /// <summary>What is read beside the objects begins before them.</summary>
    [Fact]
    public void Load_TellsOfTheMainConfiguration_BeforeObjectsAreRead()
    {
        var main = _folder.Write("naemon.cfg", "cfg_dir=objects\nretain_state_information=0\n");
        _folder.Write("objects/readme", "");
        var loaded = ConfigurationLoader.Load(main, told =>
        {
            Assert.False(told.Retention.KeepsState);
            _folder.Write("objects/late.cfg", Host);
        });

        Assert.Equal("web1", Assert.Single(loaded.Objects!.Hosts).Name);
    }

    /// <summary>The runtime cannot even write such names, so that a shell has to.</summary>
    [Fact]
    public void Load_NamesOfFilesAndFoldersThatAreNoUtf8_AreReadByTheirBytes()
    {
        var main = _folder.Write("naemon.cfg", "");
        File.WriteAllBytes(main, [.. "cfg_dir=objects\ncfg_file=S"u8, 0xFC, .. "d.cfg\ncfg_file=N"u8, 0xFC, .. "r.cfg\n"u8]);
        _folder.Write("objects/readme", "");
        var objects = _folder.File("objects");
        Shell("b=$(printf 'B\\374ro'); s=$(printf '../S\\374d.cfg'); mkdir $b && touch $b.txt $s && echo 'define x {' >$b/in.cfg"
            + " && echo '}' >$b.cfg && ln -s $b.txt .$b.cfg");
        var loaded = ConfigurationLoader.Load(main);
        Shell("rm -r B* .B* ../S*");

        Assert.Equal(
            [_folder.File("S\uDCFCd.cfg"), $"{objects}/B\uDCFCro.cfg", $"{objects}/B\uDCFCro/in.cfg"],
            loaded.ObjectFiles.Select(file => file.Path).Order(StringComparer.Ordinal));
        string[] findings = [.. loaded.Diagnostics.Select(finding => finding.ToString())];
        Assert.Contains($"Error: {main}:3: '{_folder.File("N\uDCFCr.cfg")}' does not exist", findings);
        Assert.Contains($"Error: {objects}/B\uDCFCro/in.cfg:1: 'x' is not an object type", findings);

        void Shell(string script)
        {
            using var shell = Process.Start("/bin/sh", ["-c", $"cd {objects} && {script}"]);
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        }
    }

    [Fact]
    public void Load_LinksThatLeadBack_AreAnErrorEachAndNothingIsReadTwice()
    {
        var main = _folder.Write("naemon.cfg", "cfg_dir=objects\n");
        _folder.Write("objects/a.cfg", Host);
        _folder.Write("objects/deep/er/readme", "");
        Directory.CreateSymbolicLink(_folder.File("objects/itself"), ".");
        Directory.CreateSymbolicLink(_folder.File("objects/deep/er/up"), "../..");
        Directory.CreateSymbolicLink(_folder.File("objects/sideways"), "deep");

        var loaded = ConfigurationLoader.Load(main);

        const string Reason = "leads back to a folder that it is in, whose files would be read again; remove the link";
        Assert.Equal(
            [
                $"Error: {_folder.File("objects/deep/er/up")}: {Reason}",
                $"Error: {_folder.File("objects/itself")}: {Reason}",
                $"Error: {_folder.File("objects/sideways/er/up")}: {Reason}",
            ],
            loaded.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error).Select(finding => finding.ToString()));
        Assert.Equal([_folder.File("objects/a.cfg")], loaded.ObjectFiles.Select(file => file.Path));
    }

    [Fact]
    public void Load_FilesThatIncludeFiles_AreReadAsTheyWereInOne()
    {
        _folder.Write("more/main.cfg", $"cfg_file={_folder.File("objects/one.cfg")}\n");
        _folder.Write("objects/one.cfg", "include_file=two.inc\n");
        _folder.Write("objects/two.inc", Host);
        var loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "include_dir=more\n"));
        Assert.Equal("", string.Join('\n', loaded.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error)));
        Assert.Equal("web1", Assert.Single(loaded.Objects!.Hosts).Name);
        Assert.Equal([_folder.File("objects/one.cfg"), _folder.File("objects/two.inc")], loaded.ObjectFiles.Select(file => file.Path));
    }

    [Fact]
    public void Load_IncludeThatIsMissing_IsOneErrorThatNamesIt()
    {
        var loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "include_file=absent.cfg\n"));
        Assert.Contains("absent.cfg", Assert.Single(loaded.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SeveralFaults_ReportsThemAllInOneRun()
    {
        _folder.Write("one.cfg", "define host {\n  host_nam web1\n}\n");
        _folder.Write("two.cfg", "define service {\n  service_description lonely\n  check_command absent\n}\n");
        var main = _folder.Write("naemon.cfg", "cfg_file=one.cfg\ncfg_file=two.cfg\ncfg_file=three.cfg\n");
        var loaded = ConfigurationLoader.Load(main);
        Assert.Null(loaded.Objects);
        string[] errors = [.. loaded.Diagnostics.Select(finding => finding.ToString())];
        Assert.Contains(
            errors, error => error.Contains("one.cfg:2", StringComparison.Ordinal) && error.Contains("host_nam", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("two.cfg:", StringComparison.Ordinal));
        Assert.Contains(
            errors,
            error => error.Contains("three.cfg", StringComparison.Ordinal)
                && error.Contains("does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_FaultsInMainAndObjectFiles_ReportsThemAllWithTheirLines()
    {
        _folder.Write("one.cfg", "define host {\n  host_nam web1\n}\n");
        var main = _folder.Write(
            "naemon.cfg",
            "cfg_file=one.cfg\ninterval_length=long\n\ncfg_file=two.cfg\ncfg_dir=three\nuse_timezone=Europe/Nowhere\n"
            + "resource_file=four.cfg\ninclude_file=five.cfg\n");
        var loaded = ConfigurationLoader.Load(main);
        Assert.Null(loaded.Main);
        Assert.Null(loaded.Objects);
        string[] errors = [.. loaded.Diagnostics.Select(finding => finding.ToString())];
        Assert.Contains(errors, error => error.StartsWith($"Error: {main}:2: interval_length: ", StringComparison.Ordinal));
        Assert.Contains($"Error: {main}:4: '{_folder.File("two.cfg")}' does not exist", errors);
        Assert.Contains($"Error: {main}:5: '{_folder.File("three")}' does not exist", errors);
        Assert.Contains(errors, error => error.StartsWith($"Warning: {main}:6: use_timezone 'Europe/Nowhere' ", StringComparison.Ordinal));
        Assert.Contains($"Error: {main}:7: '{_folder.File("four.cfg")}' does not exist", errors);
        Assert.Contains($"Error: {main}:8: '{_folder.File("five.cfg")}' does not exist", errors);
        Assert.Contains(errors, error => error.StartsWith($"Error: {_folder.File("one.cfg")}:2: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_MissingMainFile_IsAnErrorThatNamesIt()
    {
        var loaded = ConfigurationLoader.Load(_folder.File("naemon.cfg"));
        var finding = Assert.Single(loaded.Diagnostics);
        Assert.Contains("naemon.cfg", finding.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, loaded.Errors);
    }

    [Fact]
    public void Load_FoldersThatLinkTwiceToTheNext_EndsSoon()
    {
        for (var i = 0; i < 20; i++)
        {
            Directory.CreateDirectory(_folder.File($"objects/{i}"));
            Directory.CreateSymbolicLink(_folder.File($"objects/{i}/a"), $"../{i + 1}");
            Directory.CreateSymbolicLink(_folder.File($"objects/{i}/b"), $"../{i + 1}");
        }

        Directory.CreateDirectory(_folder.File("objects/20"));
        var loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "cfg_dir=objects/0\n"));
        Assert.Contains(loaded.Diagnostics, d => d.Message.Contains("more than 10000 folders", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_PipeAmongFiles_IsNotWaitedFor()
    {
        _folder.Write("objects/a.cfg", Host);
        using (var make = System.Diagnostics.Process.Start("mkfifo", _folder.File("objects/b.cfg")))
        {
            make.WaitForExit();
        }

        var loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "cfg_dir=objects\n"));
        Assert.Equal([_folder.File("objects/a.cfg")], loaded.ObjectFiles.Select(file => file.Path));

        loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "cfg_file=objects/b.cfg\n"));
        Assert.Equal(
            $"Error: {_folder.File("naemon.cfg")}:1: '{_folder.File("objects/b.cfg")}' is not a file",
            Assert.Single(loaded.Diagnostics).ToString());
    }

    /// <summary>Merlin: the files of <c>cfg_file</c> and, through links, of <c>cfg_dir</c>, sorted by the bytes of their paths, whatever
    /// their order in the main file; one SHA-1 over their contents.</summary>
    [Fact]
    public void ListFiles_FilesFoldersAndLinks_AreHashedInTheOrderOfPaths()
    {
        _folder.Write("b/Z.cfg", "# 2\n");
        _folder.Write("b/a.cfg", "# 3\n");
        _folder.Write("b/a/z.cfg", "# 4\n");
        _folder.Write("elsewhere/x.cfg", "# 5\n");
        _folder.Write("a.cfg", "# 1\n");
        Directory.CreateSymbolicLink(_folder.File("b/link"), _folder.File("elsewhere"));
        var main = _folder.Write("naemon.cfg", "cfg_dir=b\ncfg_file=a.cfg\ncfg_file=b/../a.cfg\n");

        Assert.Equal(
            new[] { "a.cfg", "b/Z.cfg", "b/a.cfg", "b/a/z.cfg", "b/link/x.cfg" }.Select(_folder.File),
            ConfigurationLoader.ListFiles(main).ObjectFiles.Select(file => file.Path));
    }

    [Fact]
    public void Load_MoreErrorsThanAreShown_CountsThemAll()
    {
        var block = "define host {\n  host_nme x\n}\n";
        _folder.Write("many.cfg", string.Concat(Enumerable.Repeat(block, 1_500)));
        var loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "cfg_file=many.cfg\n"));
        Assert.Equal(3_000, loaded.Errors);
        Assert.InRange(loaded.Diagnostics.Length, 1_000, 1_010);
    }

    [Fact]
    public void Load_SameFilesElsewhere_HasTheSameHash()
    {
        string[] hashes = [.. new[] { "one", "two" }.Select(place =>
        {
            _folder.Write($"{place}/objects/a.cfg", Host);
            return ConfigurationLoader.Load(_folder.Write($"{place}/naemon.cfg", "cfg_dir=objects\n")).Hash;
        })];
        Assert.Equal(hashes[0], hashes[1]);
    }
}
