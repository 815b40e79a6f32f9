using System.Text;
using Compeer.Daemon.Commands;
using Compeer.Daemon.Configuration;

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
        var exitCode = VerifyCommand.Report(loaded, output);
        Assert.Equal(1, exitCode);
        var written = Encoding.Latin1.GetString(output.ToArray());
        Assert.Contains("host 'B\u00FCro': parents: there is no host 'S\u00FCd'\n", written, StringComparison.Ordinal);
        Assert.EndsWith("Total Errors:   1\n", written, StringComparison.Ordinal);
    }
}
