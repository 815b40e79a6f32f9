namespace Compeer.Tests.Cli;

/// <summary><c>mon log show</c>: which lines of which files, and how.</summary>
public sealed class LogShowCommandTests
{
    private const string Old =
        "[1772600000] LOG ROTATION: EXTERNAL\n"
        + "[1772600000] LOG VERSION: 2.0\n"
        + "[1772600000] CURRENT HOST STATE: web01;UP;HARD;1;fine\n"
        + "not of the log\n"
        + "[1772600100] SERVICE ALERT: web01;HTTP;CRITICAL;SOFT;1;refused\n"
        + "[1772600160] SERVICE ALERT: web01;HTTP;CRITICAL;HARD;2;refused\n";

    private const string New =
        "[1772700000] HOST ALERT: db01;DOWN;HARD;2;no answer\n"
        + "[1772700001] HOST NOTIFICATION: anna;db01;DOWN;notify;no answer\n"
        + "[1772700002] HOST NOTIFICATION SUPPRESSED: web01;off\n"
        + "[1772700003] EXTERNAL COMMAND: ACKNOWLEDGE_SVC_PROBLEM;web01;HTTP;1;1;1;anna;seen\n"
        + "[1772700004] EXTERNAL COMMAND: DISABLE_HOST_CHECK;db01\n"
        + "[1772700005] HOST DOWNTIME ALERT: db01;STARTED; text\n"
        + "[1772700006] SERVICE FLAPPING ALERT: web01;HTTP;STARTED; text\n"
        + "[1772700007] SERVICE EVENT HANDLER: web01;HTTP;OK;HARD;1;handler\n"
        + "[1772700008] Caught SIGTERM, shutting down...\n";

    [Theory]
    [InlineData("", "000000 000000 000000 000100 000160 100000 100001 100002 100003 100004 100005 100006 100007 100008")]
    [InlineData("--first=1772600160 --last=1772700001", "000160 100000 100001")]
    [InlineData("--last=1772600160 --first=1772700001", "000160 100000 100001")]
    [InlineData("--reverse --limit=2", "100008 100007")]
    [InlineData("--skip=12", "100007 100008")]
    [InlineData("--host=db01", "100000 100001 100004 100005")]
    [InlineData("--service=web01;HTTP", "000100 000160 100003 100006 100007")]
    [InlineData("--host=web01 --show-notifications", "100002")]
    [InlineData("--show-alert --state-type=hard", "000160 100000")]
    [InlineData("--show-alert --service-states=rw", "100000")]
    [InlineData("--show-alert --host-states=r", "000100 000160")]
    [InlineData("--show-alert --show-initial --host-states=a --service-states=c", "000000 000100 000160 100000")]
    [InlineData("--hide-all --show-downtime --show-flapping", "100005 100006")]
    [InlineData("--hide-process --hide-command --hide-notifications --hide-alert --hide-initial", "000000 100005 100006 100007")]
    [InlineData("--show-handler --show-logrotation", "000000 100007")]
    public async Task Lines_AreThoseThatAreAskedFor(string words, string times)
    {
        using var harness = Prepare();
        var run = await harness.RunAsync(["log", "show", "--time-format=raw", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal("", run.Error);
        var shown = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(times, string.Join(' ', shown.Select(line => (line[5] == '6' ? "0" : "1") + line[6..11])));
    }

    [Fact]
    public async Task Lines_AreAsTheyStand_BehindTheLocalTime()
    {
        using var harness = Prepare();
        var run = await harness.RunAsync("log", "show", "--limit=1", "--host=db01");
        Assert.Matches(@"^\[2026-03-0\d \d\d:\d\d:\d\d\] HOST ALERT: db01;DOWN;HARD;2;no answer\n$", run.Out);
    }

    [Fact]
    public async Task Files_AreNamed_AndCounted()
    {
        using var harness = Prepare();
        Assert.Equal(
            "PREFIX/var/archives/naemon.log-1\n", (await harness.RunAsync("log", "show", "--list-files", "--last=1772600200")).Out);
        Assert.Equal("5\n", (await harness.RunAsync("log", "show", "--count", "--last=1772600200")).Out);
        var named = Path.Combine(harness.Paths.VariableFolder, "archives/naemon.log-1");
        Assert.Equal("5\n", (await harness.RunAsync("log", "show", "--count", named)).Out);
    }

    private static CliHarness Prepare()
    {
        var harness = new CliHarness();
        Directory.CreateDirectory(harness.Paths.ConfigurationFolder);
        Directory.CreateDirectory(Path.Combine(harness.Paths.VariableFolder, "archives"));
        File.WriteAllText(harness.Paths.MainConfiguration, "log_file=../var/naemon.log\nlog_archive_path=../var/archives\n");
        File.WriteAllText(Path.Combine(harness.Paths.VariableFolder, "naemon.log"), New);
        File.WriteAllText(Path.Combine(harness.Paths.VariableFolder, "archives/naemon.log-1"), Old);
        File.WriteAllText(Path.Combine(harness.Paths.VariableFolder, "archives/readme"), "nothing of the log");
        return harness;
    }
}
