using System.Runtime.InteropServices;
using Compeer.Execution.Processes;
using Compeer.Platform.Processes;

namespace Compeer.Tests.Execution;

public sealed partial class PluginRunnerIsolationTests : IDisposable
{
    private readonly RunnerHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Plugin_OpenFiles_AreItsThreeStreamsAlone()
    {
        // Made without close-on-exec, as a careless library or the daemon's own parent would.
        var leaking = Duplicate(0);
        try
        {
            Assert.True(leaking > 2);

            // ls opens the directory itself, at the lowest free number.
            var result = await _harness.Run("/bin/ls /proc/self/fd");
            Assert.Equal("0\n1\n2\n3\n", RunnerHarness.Text(result.StandardOutput));
        }
        finally
        {
            _ = Close(leaking);
        }
    }

    [Fact]
    public async Task Plugin_StandardInput_IsEmpty()
    {
        var result = await _harness.Run("/bin/cat");
        Assert.Equal((PluginOutcome.Exited, 0, true), (result.Outcome, result.Code, result.StandardOutput.IsEmpty));
    }

    [Fact]
    public async Task Plugin_Signals_AreNeitherIgnoredNorBlocked()
    {
        var result = await _harness.Run("/bin/grep -E '^Sig(Ign|Blk):' /proc/self/status");
        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", RunnerHarness.Text(result.StandardOutput));
    }

    [Fact]
    public async Task Plugin_ChildSignalBlockedInTheThreadThatStartsIt_DoesNotHaveItBlocked()
    {
        using var harness = WithChildSignalBlocked();
        var result = await harness.Run("/bin/grep SigBlk: /proc/self/status");
        Assert.Equal("SigBlk:\t0000000000000000\n", RunnerHarness.Text(result.StandardOutput));

        // The threads of a runner have the mask of the one that makes it.
        static RunnerHarness WithChildSignalBlocked()
        {
            using var blocked = ChildSignal.BlockHere();
            return new RunnerHarness();
        }
    }

    [Fact]
    public async Task Plugin_BrokenPipe_EndsIt()
    {
        var result = await _harness.Run("/bin/sh -c 'kill -PIPE $$; echo survived'");
        Assert.Equal((PluginOutcome.Signalled, 13), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task Plugin_ProcessGroup_IsItsOwn()
    {
        var result = await _harness.Run("/bin/sh -c 'cut -d \" \" -f 1,5 /proc/$$/stat'");
        var pidAndGroup = RunnerHarness.Text(result.StandardOutput).TrimEnd().Split(' ');
        Assert.Equal(2, pidAndGroup.Length);
        Assert.Equal(pidAndGroup[0], pidAndGroup[1]);
    }

    [Fact]
    public async Task Plugin_Environment_IsTheGivenOneAndTheCommandLines()
    {
        var variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["KEPT"] = "grüße", ["CHANGED"] = "old" };
        using var harness = new RunnerHarness(new PluginRunnerOptions { Environment = variables });
        var result = await harness.Run("CHANGED=first NEW='a b' CHANGED=\"sec\"ond /usr/bin/env");
        var lines = System.Text.Encoding.UTF8.GetString(result.StandardOutput.Span).TrimEnd().Split('\n');
        Assert.Equal(["CHANGED=second", "KEPT=grüße", "NEW=a b", "PATH=/usr/bin:/bin"], lines.Order(StringComparer.Ordinal));

        var next = await harness.Run("/usr/bin/env");
        Assert.Contains("CHANGED=old\n", RunnerHarness.Text(next.StandardOutput), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/usr/bin/env", "KEPT=1 NAGIOS_ARG1=one NAGIOS_HOSTNAME=a b")]
    [InlineData("NAGIOS_ARG1=mine /usr/bin/env", "KEPT=1 NAGIOS_ARG1=mine NAGIOS_HOSTNAME=a b")]
    [InlineData("/usr/bin/env | /usr/bin/cat", "KEPT=1 NAGIOS_ARG1=one NAGIOS_HOSTNAME=a b")]
    public async Task Plugin_VariablesOfItsOwn_AreBesideTheCommonOnesAndInTheirPlace(string command, string expected)
    {
        var common = new Dictionary<string, string> { ["KEPT"] = "1", ["NAGIOS_LEFT"] = "old", ["NAGIOS_ARG1"] = "old" };
        var results = new System.Collections.Concurrent.BlockingCollection<PluginResult>();
        using var runner = new PluginRunner(
            new PluginRunnerOptions { Environment = common }, TimeProvider.System, results.Add, static _ => { });
        runner.Start(new PluginRequest(1, System.Text.Encoding.UTF8.GetBytes(command), TimeSpan.FromSeconds(30), Lane.Services)
        {
            Environment = "NAGIOS_HOSTNAME=a b\0NAGIOS_ARG1=one\0"u8.ToArray(),
        });
        var result = await Task.Run(results.Take).WaitAsync(TimeSpan.FromSeconds(60));
        var lines = RunnerHarness.Text(result.StandardOutput).TrimEnd().Split('\n')
            .Where(line => !line.StartsWith("PWD=", StringComparison.Ordinal) && !line.StartsWith("_=", StringComparison.Ordinal)
                && !line.StartsWith("SHLVL=", StringComparison.Ordinal) && !line.StartsWith("OLDPWD=", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join(' ', lines.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Plugin_WorkingDirectory_IsTheRootByDefault()
    {
        var result = await _harness.Run("/bin/pwd");
        Assert.Equal("/\n", RunnerHarness.Text(result.StandardOutput));
    }

    [Fact]
    public async Task Plugin_WorkingDirectory_IsTheGivenOne()
    {
        using var directory = new TemporaryDirectory();
        using var harness = new RunnerHarness(new PluginRunnerOptions { WorkingDirectory = directory.Path });
        directory.Write("plugin", "#!/bin/sh\npwd\n", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var result = await harness.Run("./plugin");
        Assert.Equal(directory.Path + "\n", RunnerHarness.Text(result.StandardOutput));
    }

    [Fact]
    public async Task Plugin_Arguments_ArriveByteByByte()
    {
        byte[] command = [.. "/usr/bin/printf '%s|' "u8, 0xFF, 0xC3, .. " 'a  b' \"c\\\"d\" e\\ f ''"u8];
        var result = await _harness.Run(command);
        Assert.Equal([0xFF, 0xC3, .. "|a  b|c\"d|e f||"u8], result.StandardOutput.ToArray());
    }

    [Fact]
    public async Task Plugin_ShellCommandLine_IsRunByTheShell()
    {
        var result = await _harness.Run("X=5; echo \"$X $((X + 1))\" | tr 5 7 && exit 3");
        Assert.Equal("7 6\n", RunnerHarness.Text(result.StandardOutput));
        Assert.Equal((PluginOutcome.Exited, 3), (result.Outcome, result.Code));
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
