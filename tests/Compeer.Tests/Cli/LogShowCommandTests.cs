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
    [InlineData("--show=handler,logrotation", "000000 100007")]
    [InlineData("--hide=process,command,notification --hide=alert,initial", "000000 100005 100006 100007")]
    [InlineData("--hide-state-dupes --show-alert", "000100 000160 100000")]
    [InlineData("--hide-state-dupes --show-alert --state-type=hard --show-initial", "000000 000160 100000")]
    [InlineData("--nagios-cfg=PREFIX/etc/naemon.cfg --show-logrotation", "000000")]
    [InlineData("--interesting=PREFIX/list --show-alert", "000100 000160 100000")]
    public async Task Lines_AreThoseThatAreAskedFor(string words, string times)
    {
        using var harness = Prepare();
        File.WriteAllText(Path.Combine(harness.Paths.Prefix, "list"), "db01\nweb01;HTTP\n");
        words = words.Replace("PREFIX", harness.Paths.Prefix, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("duration", "--last=1772700002", "[    60] …SOFT;1;refused|[ 99841] …SOFT;1;fine")]
    [InlineData("duration", "--limit=1", "[    60] …SOFT;1;refused")]
    [InlineData("duration", "--last=1772700002 --reverse", "[ 99841] …SOFT;1;fine|[    60] …SOFT;1;refused")]
    [InlineData("runtime", "", "[1m 41s] …SOFT;1;refused|[2m 41s] …SOFT;1;fine")]
    public async Task Times_AreThoseOfShowlog(string format, string words, string expected)
    {
        using var harness = Prepare();
        var named = Path.Combine(harness.Paths.Prefix, "log");
        File.WriteAllText(
            named,
            "[1772600000] Compeer 1.0 starting... (PID=1)\n[1772600001] LOG VERSION: 2.0\n"
            + "[1772600101] SERVICE ALERT: web01;HTTP;CRITICAL;SOFT;1;refused\n[1772600161] SERVICE ALERT: web01;HTTP;OK;SOFT;1;fine\n"
            + "[1772700002] shutting down...\n");
        var run = await harness.RunAsync(
            ["log", "show", $"--time-format={format}", "--show-alert", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries), named]);
        Assert.Equal("", run.Error);
        var shown = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            expected.Split('|'),
            shown.Select(line => $"{line.Split(" SERVICE", 2)[0]} …{line[line.IndexOf("SOFT", StringComparison.Ordinal)..]}"));
    }

    [Fact]
    public async Task Lines_ForAWebPage_HaveHoursImagesAndNoMarkupOfTheirOwn()
    {
        using var harness = Prepare();
        var named = Path.Combine(harness.Paths.Prefix, "log");
        File.WriteAllText(
            named, "[1772600000] SERVICE ALERT: a;b;WARNING;HARD;1;<b>\"x\" & 'y'\n[1772603600] HOST ALERT: a;UP;HARD;1;up\n");
        var run = await harness.RunAsync("log", "show", "--html", "--time-format=raw", named);
        Assert.Matches(
            "^<h2>2026-03-04 \\d\\d:00 </h2>\n<img src=\"/ninja/.*/16x16/shield-warning.png\" alt=\"shield-warning.png\" /> "
            + "\\[1772600000\\] SERVICE ALERT: a;b;WARNING;HARD;1;&lt;b&gt;&quot;x&quot; &amp; &apos;y&apos;<br />\n"
            + "<h2>2026-03-04 .*</h2>\n<img .*\n$",
            run.Out);
        Assert.Contains(
            "<img src=\"/images/shield-ok.png\"", (await harness.RunAsync("log", "show", "--image-url=/images", named)).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_AreForcedAndForbidden()
    {
        using var harness = Prepare();
        var plain = await harness.RunAsync("log", "show", "--show-alert", "--ascii");
        Assert.DoesNotContain('\u001b', plain.Out);
        var coloured = await harness.RunAsync("log", "show", "--show-alert", "--ansi");
        Assert.StartsWith("\u001b[31m[2026-", coloured.Out, StringComparison.Ordinal);
        var bare = coloured.Out.Replace("\u001b[31m", "", StringComparison.Ordinal).Replace("\u001b[0m", "", StringComparison.Ordinal);
        Assert.Equal(plain.Out, bare);
    }

    [Fact]
    public async Task Objects_ThatStandardInputDoesNotName_AreNotSeen()
    {
        using var harness = Prepare();
        harness.Input = "db01\nweb01;HTTP;web02;x\n"u8.ToArray();
        var run = await harness.RunAsync("log", "show", "--restrict-objects", "--count");
        Assert.Equal("9\n", run.Out);
        harness.Input = "none\n\n"u8.ToArray();
        Assert.Equal("0\n", (await harness.RunAsync("log", "show", "--restrict-objects", "--count")).Out);
    }

    [Fact]
    public async Task Skews_AreCounted()
    {
        using var harness = Prepare();
        var named = Path.Combine(harness.Paths.Prefix, "log");
        File.WriteAllText(named, "[1772600000] a\n[1772600010] b\n[1772600005] c\n[1772600010] d\n");
        Assert.EndsWith(
            "] d\n1 ltime skews in 4 lines. 25.000000%\n", (await harness.RunAsync("log", "show", "--show-ltime-skews", named)).Out,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--all-nodes", "--all-nodes is not needed: the log of each peer has the alerts of all")]
    [InlineData("--time-format=weeks", "--time-format is iso8601, raw, duration or runtime, not \"weeks\"")]
    [InlineData("--time-format=runtime --reverse", "--time-format=runtime needs the lines in their order")]
    [InlineData("--hide=nonsense", "--hide takes alert, all, command")]
    public async Task Options_ThatMakeNoSense_SayWhy(string words, string expected)
    {
        using var harness = Prepare();
        var run = await harness.RunAsync(["log", "show", .. words.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith($"mon log show: {expected}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_ThatIsNotThere_IsSaid()
    {
        using var harness = Prepare();
        var run = await harness.RunAsync("log", "show", "--nagios-cfg=/nowhere/x.cfg");
        Assert.Equal("mon log show: /nowhere/x.cfg: there is no such file\n", run.Error);
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
