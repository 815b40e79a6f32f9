using Compeer.Api;

namespace Compeer.Tests.Cli;

public sealed class RetentionImportCommandTests : IDisposable
{
    private const string Whole = "info {\ncreated=1\n}\nhost {\nhost_name=a\n}\nhost {\nhost_name=b\n}\n";

    private readonly CliHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Import_DaemonStopped_PutsTheFileDownForItsStart()
    {
        var run = await _harness.RunAsync("retention", "import", Write(Whole));
        Assert.Equal((0, "mond does not run; at its next start it takes this before its first check: 2 host\n"), (run.ExitCode, run.Out));
        Assert.Equal(Whole, await File.ReadAllTextAsync(_harness.Paths.StagedRetention));
        Assert.True(File.GetUnixFileMode(_harness.Paths.StagedRetention).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public async Task Import_DryRunAndDaemonStopped_SaysWhatIsInItAndPutsNothingDown()
    {
        var run = await _harness.RunAsync("retention", "import", "--dry-run", Write(Whole));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("is whole: 2 host", run.Out, StringComparison.Ordinal);
        Assert.False(File.Exists(_harness.Paths.StagedRetention));
    }

    [Fact]
    public async Task Import_TornFile_SaysWhereAndAsksNobody()
    {
        var run = await _harness.RunAsync("retention", "import", Write("host {\nhost_name=a\n}\nservice {\nhost_name=b\n"));
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith(
            "retention.dat:4: the file ends within the block 'service' that begins here; it is torn\n",
            run.Error,
            StringComparison.Ordinal);
        Assert.Empty(_harness.Client.Asked);
        Assert.False(File.Exists(_harness.Paths.StagedRetention));
    }

    [Fact]
    public async Task Import_DaemonRuns_TellsWhatBecameOfIt()
    {
        _harness.Client.Imported = new(new RetentionImported(
            IsDryRun: true,
            [new ImportedKind("comments", 3, 1), new ImportedKind("states", 2, 0)],
            UnknownObjects: 2,
            ["host gone"],
            ["host: mood (7)"],
            Refusals: 1,
            ["line 3: a comment is too long"]));
        var run = await _harness.RunAsync("retention", "import", "--dry-run", Write(Whole));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            """
            comments: 3 would be taken, 1 left as they are
            states: 2 would be taken, 0 left as they are
            not configured: 2
              host gone
            not understood: 1
              host: mood (7)
            not taken: 1
              line 3: a comment is too long

            """,
            run.Out);
        Assert.Equal(["import, dry run"], _harness.Client.Asked);
        Assert.False(File.Exists(_harness.Paths.StagedRetention));
    }

    [Fact]
    public async Task Import_DaemonRefuses_IsAFailure()
    {
        _harness.Client.Imported = new(new ApiError(ApiErrorKind.TimedOut, "mond did not answer within 300 s (SOCKET)"));
        var run = await _harness.RunAsync("retention", "import", Write(Whole));
        Assert.Equal((1, "mon retention import: mond did not answer within 300 s (SOCKET)\n"), (run.ExitCode, run.Error));
        Assert.False(File.Exists(_harness.Paths.StagedRetention));
    }

    private string Write(string text)
    {
        var path = Path.Combine(_harness.Paths.Prefix, "retention.dat");
        File.WriteAllText(path, text);
        return path;
    }
}
