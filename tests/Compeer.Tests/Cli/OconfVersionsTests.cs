using Compeer.Api;

namespace Compeer.Tests.Cli;

/// <summary>What is kept, of the running daemon or, while none runs, of its program.</summary>
public sealed class OconfVersionsTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly KeptConfiguration Kept = new(
        12, Hash, "peer01", "", FixedTime.Now, "changed here", 3, 4, InForce: true);

    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Fact]
    public async Task Versions_DaemonRuns_AreAskedOfIt()
    {
        _mon.Client.Configurations = new([Kept, Kept with { Number = 0, Origin = "", InForce = false, Came = "edited" }]);

        var run = await _mon.RunAsync("oconf", "versions");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            "^[*]   12  0123456789ab  [-0-9]{10} [:0-9]{8}  3 hosts, 4 services  changed here, made at peer01\n"
            + "     -  0123456789ab  [-0-9]{10} [:0-9]{8}  3 hosts, 4 services  edited\n$",
            run.Out);
        Assert.Empty(_mon.Mond.Calls);
    }

    [Fact]
    public async Task Versions_DaemonDoesNotRun_AreReadByItsProgram()
    {
        _mon.Client.Configurations = new([Kept]);
        var running = await _mon.RunAsync("oconf", "versions");
        using var stopped = new CliHarness();
        stopped.Mond.Output["--kept"] =
        [
            $"[{{\"number\":12,\"hash\":\"{Hash}\",\"origin\":\"peer01\",\"before\":\"\",\"keptAt\":\"{FixedTime.Now:O}\","
                + "\"came\":\"changed here\",\"hosts\":3,\"services\":4,\"inForce\":true}]",
        ];

        Assert.Equal(running, await stopped.RunAsync("oconf", "versions"));
        Assert.Equal(["--kept"], stopped.Mond.Calls);
    }

    [Fact]
    public async Task Diff_DaemonDoesNotRun_IsMadeByItsProgram()
    {
        _mon.Mond.Output["--difference"] =
            ["""{"from":"a","to":"b","files":[{"name":"a.cfg","from":"one\n","to":"two\n"}]}"""];

        var run = await _mon.RunAsync("oconf", "diff", "11");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("-one\n+two\n", run.Out, StringComparison.Ordinal);
        await _mon.RunAsync("oconf", "diff", "11", "12");
        Assert.Equal(["--difference 11", "--difference 11 12"], _mon.Mond.Calls);
    }

    [Fact]
    public async Task Versions_DaemonRunsAndGivesNoAnswer_DoesNotGoRoundIt()
    {
        _mon.Client.Configurations = new(new ApiError(ApiErrorKind.TimedOut, "mond did not answer within 10 s"));

        Assert.Equal(
            new CliRun(1, "", "mon: mond did not answer within 10 s\n"), await _mon.RunAsync("oconf", "versions"));
        Assert.Empty(_mon.Mond.Calls);
    }

    [Theory]
    [InlineData(1, "mond: there is no configuration '9'", "mon: there is no configuration '9'\n")]
    [InlineData(0, "", "mon: what mond says of its configurations is not understood; are mon and mond of the same version?\n")]
    public async Task Diff_ProgramFails_SaysWhy(int exitCode, string error, string expected)
    {
        _mon.Mond.ExitCodes["--difference"] = exitCode;
        _mon.Mond.ErrorOutput["--difference"] = error.Length > 0 ? [error] : [];

        Assert.Equal(new CliRun(1, "", expected), await _mon.RunAsync("oconf", "diff", "9"));
    }
}
