using System.Diagnostics;
using Compeer.Api;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;
using Compeer.Platform.Processes;

namespace Compeer.Tests.Cli;

public sealed class MondTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-mond-");
    private readonly List<string> _out = [];
    private readonly List<string> _error = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Run_Program_GetsArgumentsUnchangedAndItsPrefix()
    {
        var mond = Create("for a; do echo \"<$a>\"; done; echo \"$MON_PREFIX\"; pwd; echo oops >&2; cat; exit 7");

        var exitCode = await mond.RunAsync(["--verify", "a b; $(echo c) 'd'", ""], _out.Add, _error.Add, CancellationToken.None);

        Assert.Equal(7, exitCode);
        Assert.Equal(["<--verify>", "<a b; $(echo c) 'd'>", "<>", _folder.FullName, _folder.FullName], _out);
        Assert.Equal(["oops"], _error);
    }

    [Fact]
    public async Task Run_OutputInUtf8AndLatin1_IsReadAsWhatItIs()
    {
        var mond = Create("printf 'B\\303\\274ro\\nB\\374ro\\n'; printf 'S\\374d\\n' >&2");

        await mond.RunAsync([], _out.Add, _error.Add, CancellationToken.None);

        Assert.Equal(["B\u00FCro", "B\u00FCro"], _out);
        Assert.Equal(["S\u00FCd"], _error);
    }

    [Theory]
    [InlineData("exec sleep 1000 >/dev/null 2>&1")]
    [InlineData("exec sleep 1000")]
    public async Task Start_Ready_ReturnsWhileItRuns(string goesOn)
    {
        var start = await Create($"echo 'Warning: x'; echo \"ready (pid $$)\"; {goesOn}")
            .StartAsync(_out.Add, _error.Add, CancellationToken.None);
        using var daemon = Process.GetProcessById(start.Pid);
        try
        {
            Assert.Equal((true, (int?)null), (start.Ready, start.ExitCode));
            Assert.Equal(["Warning: x"], _out);
            Assert.False(daemon.HasExited);
        }
        finally
        {
            daemon.Kill();
            await daemon.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Run_Program_HasTheChildSignalBlocked()
    {
        await Create("exec grep SigBlk /proc/self/status").RunAsync([], _out.Add, _error.Add, CancellationToken.None);

        Assert.Equal(["SigBlk:\t0000000000010000"], _out);
    }

    [Fact]
    public async Task Start_Fails_GivesItsExitCodeAndWords()
    {
        var start = await Create("echo 'Error: f:1: bad' >&2; exit 1")
            .StartAsync(_out.Add, _error.Add, CancellationToken.None);

        Assert.Equal((false, 1), (start.Ready, start.ExitCode));
        Assert.Equal(["Error: f:1: bad"], _error);
    }

    [Fact]
    public async Task Run_Interrupted_EndsTheProgram()
    {
        using var interrupt = new CancellationTokenSource();
        var pid = 0;
        var run = Create("echo $$; exec sleep 1000").RunAsync(
            [],
            line =>
            {
                pid = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
                interrupt.Cancel();
            },
            _error.Add,
            interrupt.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.NotEqual(0, pid);
    }

    [Fact]
    public async Task Run_NoProgram_IsOneLine()
    {
        var mond = new Mond(
            MonitorPaths.FromPrefix(_folder.FullName),
            _ => throw new InvalidOperationException("not asked for"),
            () => new MondCommandLine("/nonexistent/mond", [], null),
            unit: null);

        var failure = await Assert.ThrowsAsync<MonException>(
            () => mond.RunAsync([], _out.Add, _error.Add, CancellationToken.None));

        Assert.StartsWith("/nonexistent/mond cannot be started: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void ForUser_KnownAndUnknownUsers_ChangeUserAndGroups()
    {
        var known = MondCommandLine.ForUser("/b/mond", new SystemUser("nagios", 7, 8, "/home"), "/usr/bin/setpriv");
        var unknown = MondCommandLine.ForUser("/b/mond", new SystemUser("", 3999999, 5, "/"), "/usr/bin/setpriv");

        Assert.Equal(["--reuid=7", "--regid=8", "--init-groups", "/b/mond"], known.Leading);
        Assert.Equal("nagios", known.User!.Name);
        Assert.Equal(["--reuid=3999999", "--regid=5", "--clear-groups", "/b/mond"], unknown.Leading);
        Assert.Throws<MonException>(() => MondCommandLine.ForUser("/b/mond", new SystemUser("", 1, 1, "/"), setpriv: null));
    }

    private Mond Create(string script)
    {
        var file = Path.Combine(_folder.FullName, "mond");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        var command = new MondCommandLine("/bin/sh", [file], User: null);
        return new Mond(MonitorPaths.FromPrefix(_folder.FullName), _ => command, () => command, unit: null);
    }
}
