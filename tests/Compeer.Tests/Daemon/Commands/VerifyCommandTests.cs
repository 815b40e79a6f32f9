using System.Text;
using Compeer.Api;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Commands;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Links;

namespace Compeer.Tests.Daemon.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Report_FindingAboutANameInLatin1_WritesTheBytesOfTheFile()
    {
        byte[] host = [.. "define host {\n  host_name B"u8, 0xFC, .. "ro\n  max_check_attempts 3\n  parents S"u8, 0xFC, .. "d\n}\n"u8];
        File.WriteAllBytes(_folder.File("latin1.cfg"), host);
        var loaded = ConfigurationLoader.Load(_folder.Write("naemon.cfg", "cfg_file=latin1.cfg\n"));
        using var output = new MemoryStream();
        var exitCode = VerifyCommand.Report(loaded, others: [], output);
        Assert.Equal(1, exitCode);
        var written = Encoding.Latin1.GetString(output.ToArray());
        Assert.Contains("host 'B\u00FCro': parents: there is no host 'S\u00FCd'\n", written, StringComparison.Ordinal);
        Assert.EndsWith("Total Errors:   1\n", written, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MerlinConfBesideTheMainConfiguration_IsPartOfTheVerdictAndNoKeyIsMade()
    {
        var paths = MonitorPaths.FromPrefix(_folder.Path);
        _folder.Write("etc/naemon.cfg", "");
        _folder.Write("op5/merlin/merlin.conf", "daemon {\n address = here\n}\npeer a {\n}\n");

        var nodes = VerifyCommand.NodesOf(paths, paths.FindMainConfiguration(), objects: null);

        Assert.Equal(
            $"Error: {paths.MerlinConfiguration}:2: daemon address \"here\" is not an IP address; it is where this node listens for the "
            + "others",
            Assert.Single(nodes).ToString());
        Assert.False(File.Exists(NodeKey.FileIn(paths)));
        using var output = new MemoryStream();
        Assert.Equal(1, VerifyCommand.Report(ConfigurationLoader.Load(paths.FindMainConfiguration()), nodes, output));
        Assert.EndsWith("\nTotal Warnings: 0\nTotal Errors:   1\n", Encoding.ASCII.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FileFromElsewhere_LeavesMerlinConfAlone()
    {
        var paths = MonitorPaths.FromPrefix(_folder.Path);
        _folder.Write("etc/naemon.cfg", "");
        _folder.Write("op5/merlin/merlin.conf", "peer a {\n");
        Assert.NotEmpty(VerifyCommand.NodesOf(paths, paths.FindMainConfiguration(), objects: null));
        Assert.Empty(VerifyCommand.NodesOf(paths, _folder.Write("other.cfg", ""), objects: null));
    }

    [Fact]
    public void Run_DaemonAddressThatIsAName_IsNoErrorWhileThereIsNobodyToListenFor()
    {
        var paths = MonitorPaths.FromPrefix(_folder.Path);
        _folder.Write("etc/naemon.cfg", "");
        _folder.Write("op5/merlin/merlin.conf", "daemon {\n address = here\n}\n");
        Assert.Empty(VerifyCommand.NodesOf(paths, paths.FindMainConfiguration(), objects: null));
    }

    [Fact]
    public void Run_OwnKeyDamagedOrANeighboursKeyThatIsOurs_IsSaid()
    {
        var paths = MonitorPaths.FromPrefix(_folder.Path);
        _folder.Write("etc/naemon.cfg", "");
        using (var key = NodeKey.LoadOrCreate(NodeKey.FileIn(paths)))
        {
            _folder.Write("op5/merlin/a.pub", key.Pin.ToPem());
        }

        _folder.Write("op5/merlin/merlin.conf", "peer a {\n publickey = a.pub\n}\n");
        var own = Assert.Single(VerifyCommand.NodesOf(paths, paths.FindMainConfiguration(), objects: null));
        Assert.Equal(DiagnosticSeverity.Warning, own.Severity);
        Assert.Contains("node a cannot be connected: its publickey is this node's own key", own.Message, StringComparison.Ordinal);

        File.WriteAllText(NodeKey.FileIn(paths), "no key");
        var damaged = VerifyCommand.NodesOf(paths, paths.FindMainConfiguration(), objects: null);
        Assert.Contains(damaged, finding => finding.Severity == DiagnosticSeverity.Error && finding.Position.File == NodeKey.FileIn(paths));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Run_SettingsOfTheWaysIn_ArePartOfTheVerdictWithoutTheirSecrets()
    {
        var paths = MonitorPaths.FromPrefix(_folder.Path);
        _folder.Write("etc/naemon.cfg", "");
        _folder.Write("etc/nsca.cfg", "password=geheim\ndecryption_method=99\nserver_prot=1\n");
        _folder.Write("etc/nrdp.cfg", "token=kurz\ncertificate=/nowhere/a.pem\n");
        File.SetUnixFileMode(paths.NrdpConfiguration, UnixFileMode.UserRead);

        var findings = VerifyCommand.WaysOf(paths, paths.FindMainConfiguration()).Select(finding => finding.ToString()).ToList();

        Assert.Contains(findings, line => line.StartsWith(
            $"Error: {paths.NscaConfiguration}:2: decryption_method: there is no such method here", StringComparison.Ordinal));
        Assert.Contains($"Error: {paths.NscaConfiguration}:3: server_prot: there is no such setting", findings);
        Assert.Contains(
            $"Warning: {paths.NrdpConfiguration}: a token has less than 12 characters and can be guessed", findings);
        Assert.Contains(findings, line => line.StartsWith(
            $"Error: {paths.NrdpConfiguration}: /nowhere/a.pem: ", StringComparison.Ordinal));
        Assert.DoesNotContain(
            findings, line => line.Contains("geheim", StringComparison.Ordinal) || line.Contains("kurz", StringComparison.Ordinal));
        Assert.False(File.Exists(paths.NrdpCertificate));
        Assert.Empty(VerifyCommand.WaysOf(paths, _folder.Write("other.cfg", "")));

        // The whole verdict has them.
        Assert.Equal(1, VerifyCommand.Run(paths, paths.FindMainConfiguration()));
        File.Delete(paths.NscaConfiguration);
        File.Delete(paths.NrdpConfiguration);
        Assert.Equal(0, VerifyCommand.Run(paths, paths.FindMainConfiguration()));
    }
}
