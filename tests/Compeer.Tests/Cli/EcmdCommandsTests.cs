using System.Text.Json;
using Compeer.Platform.Files;

namespace Compeer.Tests.Cli;

public sealed class EcmdCommandsTests : IDisposable
{
    private readonly CliHarness _mon = new();

    private string PipeFile => Path.Combine(_mon.Paths.Prefix, "commands");

    public void Dispose() => _mon.Dispose();

    [Fact]
    public async Task Search_PartOfAName_ShowsNamesAndArguments()
    {
        var run = await _mon.RunAsync("ecmd", "search", "svc_comment$");

        Assert.Equal("ADD_SVC_COMMENT\n  service;persistent;author;comment\nDEL_SVC_COMMENT\n  comment_id\n", run.Out);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Search_SeveralPatterns_ShowsEachCommandOnce()
    {
        var run = await _mon.RunAsync("ecmd", "search", "^enable_notif", "ENABLE_NOTIFICATIONS");

        Assert.Equal("ENABLE_NOTIFICATIONS\n  This command takes no parameters\n", run.Out);
    }

    [Fact]
    public async Task Search_ArgumentThatMayBeLeftOut_StandsInBrackets() => Assert.Equal(
        "DEL_DOWNTIME_BY_START_TIME_COMMENT\n  [downtime_start_time];[comment]\n",
        (await _mon.RunAsync("ecmd", "search", "by_start")).Out);

    [Fact]
    public async Task Json_AllCommands_IsOneObject()
    {
        var run = await _mon.RunAsync("ecmd", "json");

        using var json = JsonDocument.Parse(run.Out);
        Assert.True(json.RootElement.EnumerateObject().Count() > 150);
        var downtime = json.RootElement.GetProperty("DEL_DOWNTIME_BY_HOSTGROUP_NAME");
        Assert.Equal(
            "DEL_DOWNTIME_BY_HOSTGROUP_NAME;hostgroup_name;hostname;service_description;downtime_start_time;comment",
            downtime.GetProperty("template").GetString());
        var arguments = downtime.GetProperty("arguments").EnumerateArray().ToList();
        Assert.Equal(("hostgroup_name", "hostgroup", false), Argument(arguments[0]));
        Assert.Equal(("downtime_start_time", "timestamp", true), Argument(arguments[3]));
    }

    [Theory]
    [InlineData("disable_host_check web01", "DISABLE_HOST_CHECK;web01")]
    [InlineData("DISABLE_SVC_CHECK web01;PING", "DISABLE_SVC_CHECK;web01;PING")]
    [InlineData("add_svc_comment author=me comment=a=b;c service=web01;PING persistent=1", "ADD_SVC_COMMENT;web01;PING;1;me;a=b;c")]
    [InlineData("add_host_comment web01 0 me x=y", "ADD_HOST_COMMENT;web01;0;me;x=y")]
    [InlineData("del_downtime_by_start_time_comment", "DEL_DOWNTIME_BY_START_TIME_COMMENT")]
    [InlineData("del_downtime_by_start_time_comment comment=why", "DEL_DOWNTIME_BY_START_TIME_COMMENT;;why")]
    [InlineData("enable_notifications", "ENABLE_NOTIFICATIONS")]
    [InlineData("log some words; more", "LOG;some words; more")]
    [InlineData("process_host_check_result web01 1 größer", "PROCESS_HOST_CHECK_RESULT;web01;1;größer")]
    public async Task Submit_Command_IsWrittenIntoThePipe(string words, string command)
    {
        Directory.CreateDirectory(_mon.Paths.ConfigurationFolder);
        await File.WriteAllTextAsync(_mon.Paths.FindMainConfiguration(), $"log_file=x\ncommand_file={PipeFile}\n");
        using var pipe = NamedPipe.Open(PipeFile);

        var run = await _mon.RunAsync(["ecmd", "submit", .. words.Split(' ')]);

        Assert.Equal((0, "", $"OK: Successfully submitted {command} for processing\n"), (run.ExitCode, run.Error, run.Out));
        Assert.Equal($"[{FixedTime.Now.ToUnixTimeSeconds()}] {command}\n", Read(pipe));
    }

    [Fact]
    public async Task Submit_PipeThatIsNamed_IsWritten()
    {
        using var pipe = NamedPipe.Open(PipeFile);

        var run = await _mon.RunAsync("ecmd", "submit", $"--pipe-path={PipeFile}", "enable_notifications");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("ENABLE_NOTIFICATIONS\n", Read(pipe), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_PipeThatNobodyReads_FailsAtOnce()
    {
        // A pipe is taken away when its reader ends in order; one that was killed leaves it.
        using (var made = System.Diagnostics.Process.Start("mkfifo", [PipeFile]))
        {
            await made.WaitForExitAsync();
        }

        var run = await _mon.RunAsync("ecmd", "submit", $"--pipe-path={PipeFile}", "enable_notifications");

        Assert.Equal((1, "mon ecmd submit: not submitted: nobody reads PREFIX/commands\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Submit_CommandThatIsTooLong_IsRefused()
    {
        using var pipe = NamedPipe.Open(PipeFile);

        var run = await _mon.RunAsync("ecmd", "submit", $"--pipe-path={PipeFile}", "log", new string('x', 5000));

        Assert.Equal((1, "mon ecmd submit: the command has 5018 bytes; at most 4096 are written\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Submit_TextWithALineEnd_IsRefused()
    {
        using var pipe = NamedPipe.Open(PipeFile);

        var run = await _mon.RunAsync(
            "ecmd", "submit", $"--pipe-path={PipeFile}", "add_host_comment", "web01", "1", "me", "text\n[0] SHUTDOWN_PROCESS");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a command is one line", run.Error, StringComparison.Ordinal);
    }

    private static (string?, string?, bool) Argument(JsonElement argument) => (
        argument.GetProperty("name").GetString(),
        argument.GetProperty("type").GetString(),
        argument.GetProperty("optional").GetBoolean());

    private static string Read(NamedPipe pipe)
    {
        var buffer = new byte[8192];
        return System.Text.Encoding.UTF8.GetString(buffer, 0, pipe.Read(buffer));
    }
}
