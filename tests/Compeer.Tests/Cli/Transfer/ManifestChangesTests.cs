using System.Text;
using Compeer.Cli.Transfer;
using Compeer.Configuration.Versions;

namespace Compeer.Tests.Cli.Transfer;

public sealed class ManifestChangesTests
{
    private static readonly string A = new('a', 64);
    private static readonly string B = new('b', 64);

    [Fact]
    public void Between_FilesAndVariables_AreNamedOneByOne()
    {
        var present = Read(
            "variable interval_length 30\nvariable cfg_dir old", $"file 1 {A} changed.cfg", $"file 1 {A} gone.cfg", $"file 1 {A} same.cfg");
        var next = Read(
            "variable interval_length 10\nvariable cfg_dir new", $"file 1 {B} changed.cfg", $"file 1 {A} more.cfg", $"file 1 {A} same.cfg");

        Assert.Equal(
            [
                "would change changed.cfg", "would add more.cfg", "would delete gone.cfg", "would set interval_length=10",
                "would set cfg_dir=new", "would take out cfg_dir=old",
            ],
            ManifestChanges.Between(present, next));
        Assert.Empty(ManifestChanges.Between(next, next));
        Assert.Equal(3, ManifestChanges.Between(present: null, next).Count(line => line.StartsWith("would add", StringComparison.Ordinal)));
    }

    private static ConfigurationManifest Read(params string[] lines)
    {
        var (manifest, problem) = ConfigurationManifest.Decode(
            Encoding.UTF8.GetBytes($"compeer configuration 1\n{string.Join('\n', lines)}\n"));
        Assert.Equal("", problem);
        return manifest!;
    }
}
