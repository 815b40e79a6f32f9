using System.Security.Cryptography;
using System.Text;

namespace Compeer.Tests.Cli;

public sealed class OconfCommandsTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Fact]
    public async Task Verify_Errors_AreRelayedWithExitCode1()
    {
        _mon.Mond.Output["--verify"] = ["Error: a.cfg:1: bad", "Total Errors: 1"];
        _mon.Mond.ExitCodes["--verify"] = 1;

        Assert.Equal(new CliRun(1, "Error: a.cfg:1: bad\nTotal Errors: 1\n", ""), await _mon.RunAsync("oconf", "verify"));
    }

    [Fact]
    public async Task Verify_FileNotGiven_FindsNaemonThenNagios()
    {
        await _mon.RunAsync("oconf", "verify");
        Directory.CreateDirectory(_mon.Paths.ConfigurationFolder);
        await File.WriteAllTextAsync(_mon.Paths.NagiosMainConfiguration, "");
        await _mon.RunAsync("oconf", "verify");
        await File.WriteAllTextAsync(_mon.Paths.MainConfiguration, "");
        await _mon.RunAsync("oconf", "verify");
        await _mon.RunAsync("oconf", "verify", "/x/../y.cfg");

        Assert.Equal(
            [
                $"--verify {_mon.Paths.MainConfiguration}",
                $"--verify {_mon.Paths.NagiosMainConfiguration}",
                $"--verify {_mon.Paths.MainConfiguration}",
                "--verify /y.cfg",
            ],
            _mon.Mond.Calls);
    }

    [Fact]
    public async Task Hash_Files_IsSha1OverTheirContentsInOrder()
    {
        var files = WriteFiles("define host {}\n", new string('x', 200_000), "");
        _mon.Mond.Output["--files"] = files;
        var contents = Encoding.ASCII.GetBytes("define host {}\n" + new string('x', 200_000));
#pragma warning disable CA5350 // Merlin's value.
        var expected = Convert.ToHexStringLower(SHA1.HashData(contents));
#pragma warning restore CA5350

        Assert.Equal(new CliRun(0, expected + "\n", ""), await _mon.RunAsync("oconf", "hash"));
        Assert.Equal(new CliRun(0, "PREFIX/0.cfg\nPREFIX/1.cfg\nPREFIX/2.cfg\n", ""), await _mon.RunAsync("oconf", "files"));
    }

    [Fact]
    public async Task Changed_Files_IsTheNewestTime()
    {
        var files = WriteFiles("a", "b", "c");
        DateTime newest = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(files[0], newest.AddDays(-3));
        File.SetLastWriteTimeUtc(files[1], newest);
        File.SetLastWriteTimeUtc(files[2], newest.AddSeconds(-1));
        _mon.Mond.Output["--files"] = files;

        Assert.Equal(new CliRun(0, "1767323045\n", ""), await _mon.RunAsync("oconf", "changed"));
    }

    [Theory]
    [InlineData("hash", "mon: no such file: PREFIX/none.cfg\n")]
    [InlineData("changed", "mon oconf changed: no such file: PREFIX/none.cfg\n")]
    public async Task AnyOconfCommand_FileGone_NamesIt(string command, string expected)
    {
        _mon.Mond.Output["--files"] = [_mon.Paths.Prefix + "/none.cfg"];

        Assert.Equal(new CliRun(1, "", expected), await _mon.RunAsync("oconf", command));
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("changed")]
    [InlineData("files")]
    public async Task AnyOconfCommand_ListingFails_PrintsNoData(string command)
    {
        _mon.Mond.Output["--files"] = ["/a.cfg"];
        _mon.Mond.ErrorOutput["--files"] = ["Error: naemon.cfg:1: bad"];
        _mon.Mond.ExitCodes["--files"] = 1;

        Assert.Equal(new CliRun(1, "", "Error: naemon.cfg:1: bad\n"), await _mon.RunAsync("oconf", command));
    }

    private string[] WriteFiles(params string[] contents)
    {
        string[] files = [.. contents.Select((_, i) => $"{_mon.Paths.Prefix}/{i}.cfg")];
        for (var i = 0; i < contents.Length; i++)
        {
            File.WriteAllText(files[i], contents[i]);
        }

        return files;
    }
}
