using Compeer.Api;
using Compeer.Daemon.Commands;
using Compeer.Daemon.Configuration;

namespace Compeer.Tests.Daemon.Commands;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SplitCommandTests : IDisposable
{
    private const string Objects = """
        define command {
          command_name fine
          command_line /bin/true
        }
        define command {
          command_name handler
          command_line /bin/true
        }
        define host {
          host_name falcon
          hostgroups hyperdrive
          check_command fine
          max_check_attempts 3
        }
        define host {
          host_name xwing
          hostgroups theforce,tattoine
          check_command fine
          max_check_attempts 3
        }
        define host {
          host_name hut
          hostgroups tattoine,hyperdrive
          max_check_attempts 3
        }
        define hostgroup {
          hostgroup_name hyperdrive
        }
        define hostgroup {
          hostgroup_name theforce
        }
        define hostgroup {
          hostgroup_name tattoine
        }

        """;

    private readonly TemporaryFolder _folder = new();
    private readonly MonitorPaths _paths;

    public SplitCommandTests()
    {
        _paths = MonitorPaths.FromPrefix(_folder.Path);
        _folder.Write("etc/naemon.cfg", "cfg_file=objects.cfg\nglobal_host_event_handler=handler!x\nhost_check_timeout=11\n");
        _folder.Write("etc/objects.cfg", Objects);
        Merlin("poller luke {\n hostgroup = theforce,tattoine\n}\npoller leya {\n hostgroup = tattoine, theforce\n}\n"
            + "poller solo {\n hostgroup = hyperdrive\n}\npeer obi1 {\n}\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_AllPollers_WritesAFileForEachAndSaysSoAsMerlinDoes()
    {
        (var exitCode, var output) = Run("");

        Assert.Equal(0, exitCode);
        Assert.Equal(
            $"""
            Created {_folder.Path}/var/cache/config/luke.cfg with 7 objects for hostgroup list 'theforce,tattoine'
            Created {_folder.Path}/var/cache/config/leya.cfg with 7 objects for hostgroup list 'tattoine,theforce'
            Created {_folder.Path}/var/cache/config/solo.cfg with 6 objects for hostgroup list 'hyperdrive'

            """,
            output);
        var luke = Read("luke");
        Assert.Equal(luke, Read("leya"));
        Assert.Contains("\tcommand_name\thandler\n", luke, StringComparison.Ordinal);
        Assert.DoesNotContain("falcon", luke, StringComparison.Ordinal);
        Assert.DoesNotContain("check_timeout", luke.Replace("check_timeout\t60", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("falcon", Read("solo"), StringComparison.Ordinal);
        Assert.Equal(0, ConfigurationLoader.Load(_folder.Write("far/naemon.cfg", $"cfg_file={FileOf("luke")}\n")).Errors);
    }

    [Fact]
    public void Run_OneOfThemHasAHostGroupThatIsNotThere_MakesTheOthers()
    {
        Merlin("poller luke {\n hostgroup = theforce\n}\npoller solo {\n hostgroup = hyperride\n}\n");

        Assert.Equal((1, true, false), (Run("").ExitCode, File.Exists(FileOf("luke")), File.Exists(FileOf("solo"))));
        Assert.Equal(0, Run("luke").ExitCode);
    }

    [Fact]
    public void Run_FolderOfMerlinConf_IsWhereTheyAre()
    {
        Merlin("oconfsplit_dir = parts\npoller luke {\n hostgroup = theforce\n}\n");

        Assert.Equal(0, Run("").ExitCode);

        Assert.True(File.Exists(Path.Combine(_paths.MerlinFolder, "parts/luke.cfg")));
    }

    [Fact]
    public void Run_ConfigurationWithErrors_LeavesWhatWasThere()
    {
        Assert.Equal(0, Run("").ExitCode);
        var before = Read("solo");
        _folder.Write("etc/objects.cfg", Objects.Replace("check_command fine", "check_command none", StringComparison.Ordinal));

        Assert.Equal((1, ""), Run(""));

        Assert.Equal(before, Read("solo"));
    }

    [Fact]
    public void Verify_HostOfTwoPollersAndHostGroupThatIsNotThere_AreWarnings()
    {
        Merlin("poller luke {\n hostgroup = theforce,tattoine\n}\npoller solo {\n hostgroup = hyperdrive\n}\n"
            + "poller han {\n hostgroup = hyperdriv,theforce\n}\n");
        var loaded = ConfigurationLoader.Load(_paths.FindMainConfiguration());

        var findings = VerifyCommand.NodesOf(_paths, _paths.FindMainConfiguration(), loaded.Objects)
            .Select(finding => finding.ToString()).ToList();

        Assert.Contains(
            $"Warning: {_paths.MerlinConfiguration}:4: host 'hut' is in host groups of two pollers, luke and solo", findings);
        Assert.Contains(
            $"Warning: {_paths.MerlinConfiguration}:7: poller han: there is no host group 'hyperdriv' (did you mean \"hyperdrive\"?); "
            + "it cannot get its configuration",
            findings);
        Assert.Contains(
            $"Warning: {_paths.MerlinConfiguration}:7: host 'xwing' is in host groups of two pollers, luke and han", findings);
        Assert.DoesNotContain(findings, finding => finding.StartsWith("Error", StringComparison.Ordinal));
    }

    private (int ExitCode, string Output) Run(string names)
    {
        using var output = new StringWriter();
        return (SplitCommand.Run(_paths, names, output), output.ToString());
    }

    private void Merlin(string text) => _folder.Write("op5/merlin/merlin.conf", text);

    private string FileOf(string poller) => $"{_paths.SplitFolder}/{poller}.cfg";

    private string Read(string poller) => File.ReadAllText(FileOf(poller));
}
