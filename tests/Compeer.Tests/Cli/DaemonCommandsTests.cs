using Compeer.Api;
using Compeer.Cli.Daemon;

namespace Compeer.Tests.Cli;

public sealed class DaemonCommandsTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Fact]
    public async Task Start_Ready_SaysThePid()
    {
        _mon.Mond.Output["--daemonize"] = ["Warning: f:1: something"];

        Assert.Equal(
            new CliRun(0, "Warning: f:1: something\nmond started (pid 4711)\n", ""), await _mon.RunAsync("start"));
    }

    [Fact]
    public async Task Start_Fails_RelaysTheReason()
    {
        _mon.Mond.ErrorOutput["--daemonize"] = ["Error: f:1: bad"];
        _mon.Mond.Start = new MondStart(Ready: false, Pid: 1, ExitCode: 1);

        Assert.Equal(
            new CliRun(1, "", "Error: f:1: bad\nmon start: mond did not start (exit code 1)\n"), await _mon.RunAsync("start"));
    }

    [Fact]
    public async Task Start_NotReadyInTime_NamesTheLog()
    {
        _mon.Mond.Start = new MondStart(Ready: false, Pid: 5, ExitCode: null);

        Assert.Equal(
            new CliRun(1, "", "mon start: mond (pid 5) has not said yet that it is ready; see PREFIX/var/mond.log\n"),
            await _mon.RunAsync("start"));
    }

    [Fact]
    public async Task Start_Running_SaysSoAndStartsNothing()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);

        Assert.Equal(new CliRun(0, "mond is already running (pid 7)\n", ""), await _mon.RunAsync("start"));
        Assert.Empty(_mon.Mond.Calls);
    }

    [Fact]
    public async Task Stop_Running_WaitsForTheEnd()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);

        Assert.Equal(new CliRun(0, "mond stopped (pid 7)\n", ""), await _mon.RunAsync("stop"));
        Assert.Equal(["SIGTERM 7", "wait 7 60"], _mon.Mond.Calls);
    }

    [Fact]
    public async Task Stop_RunByAServiceManager_IsAskedOfThat()
    {
        _mon.Mond.IsService = true;
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);

        Assert.Equal(new CliRun(0, "mond stopped (pid 7)\n", ""), await _mon.RunAsync("stop"));
        Assert.Equal(["stop service"], _mon.Mond.Calls);

        // A daemon that crashed must not be started again after a stop.
        Assert.Equal(new CliRun(0, "mond is not running\n", ""), await _mon.RunAsync("stop"));
        Assert.Equal(["stop service", "stop service"], _mon.Mond.Calls);
    }

    [Fact]
    public async Task Stop_NotRunning_IsNoError() =>
        Assert.Equal(new CliRun(0, "mond is not running\n", ""), await _mon.RunAsync("stop"));

    [Fact]
    public async Task Stop_DoesNotEnd_SaysSo()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);
        _mon.Mond.IgnoresTermination = true;

        Assert.Equal(
            new CliRun(1, "", "mon stop: mond (pid 7) is still there 60 s after SIGTERM; see PREFIX/var/mond.log\n"),
            await _mon.RunAsync("stop"));
    }

    [Fact]
    public async Task Stop_PidNotWrittenYet_SignalsNobody()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: null);

        var run = await _mon.RunAsync("stop");

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(_mon.Mond.Calls);
    }

    [Fact]
    public async Task Restart_GoodConfiguration_VerifiesStopsStarts()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);

        var run = await _mon.RunAsync("restart");

        Assert.Equal(new CliRun(0, "mond stopped (pid 7)\nmond started (pid 4711)\n", ""), run);
        Assert.Equal(
            [$"--verify {_mon.Paths.MainConfiguration}", "SIGTERM 7", "wait 7 60", "--daemonize"], _mon.Mond.Calls);
    }

    [Fact]
    public async Task Restart_BadObjects_StopsNothing()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);
        _mon.Mond.Output["--verify"] = ["Error: f:1: bad"];
        _mon.Mond.ExitCodes["--verify"] = 1;

        var run = await _mon.RunAsync("restart");

        Assert.Equal(
            new CliRun(1, "", "Error: f:1: bad\nmon restart: the configuration has errors; nothing was stopped\n"), run);
        Assert.Single(_mon.Mond.Calls);
    }

    [Fact]
    public async Task Restart_DoesNotEnd_StartsNothing()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);
        _mon.Mond.IgnoresTermination = true;

        Assert.Equal(1, (await _mon.RunAsync("restart")).ExitCode);
        Assert.DoesNotContain("--daemonize", _mon.Mond.Calls);
    }

    [Fact]
    public async Task Reload_TakenUp_SaysWhatChanged()
    {
        _mon.Client.Configuration = new(new ConfigurationReload(
            Applied: true, NodesApplied: true, "hosts: 1 added", [new ApiDiagnostic("warning", "f.cfg", 0, "odd")]));

        Assert.Equal(
            new CliRun(0, "configuration reloaded: hosts: 1 added\n", "Warning: f.cfg: odd\n"), await _mon.RunAsync("reload"));
    }

    [Fact]
    public async Task Reload_Refused_PrintsEachFindingAndFails()
    {
        _mon.Client.Configuration = new(new ConfigurationReload(
            Applied: false, NodesApplied: true, "the configuration has 1 errors", [new ApiDiagnostic("error", "f.cfg", 7, "bad")]));

        Assert.Equal(
            new CliRun(1, "", "Error: f.cfg:7: bad\nmon reload: the configuration has 1 errors\n"), await _mon.RunAsync("reload"));
    }

    [Fact]
    public async Task Reload_MerlinConfRefused_IsAFailureThoughTheRestIsTakenUp()
    {
        _mon.Client.Configuration = new(new ConfigurationReload(
            Applied: true, NodesApplied: false, "nothing changed", [new ApiDiagnostic("error", "merlin.conf", 2, "bad")]));

        var run = await _mon.RunAsync("reload");

        Assert.Equal((1, "configuration reloaded: nothing changed\n"), (run.ExitCode, run.Out));
        Assert.EndsWith("mon reload: merlin.conf has errors; mond keeps the nodes it had\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reload_NotRunning_IsAFailure() => Assert.Equal(
        new CliRun(1, "", "mon reload: mond is not running (no answer at SOCKET)\n"), await _mon.RunAsync("reload"));

    [Fact]
    public async Task Status_Running_SaysHowItFares()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);
        _mon.Client.Status = new(new DaemonStatus(
            "0.1.0", 7, FixedTime.Now.AddMinutes(-61), "/p", NodeStateName.Active,
            40, 200, 3, 1, 12345, 0.0123, 1.5, [], 0, 0, 0, ["disk is slow"])
        {
            Storage = new StorageState(3_250_000, 0.84, 120, 3, 0, null),
        });

        Assert.Equal(
            new CliRun(
                0,
                "mond 0.1.0 (pid 7) is running since 2026-03-01 12:59:00 (1h 1m 0s), 40 hosts, 200 services, active\n"
                + "Checks: 3 running, 1 waiting, 12345 completed; latency 0.012s average, 1.500s maximum\n"
                + "Storage: 3.1 MiB, 120 entries of history; 3 of them not written yet, oldest unwritten 0.8s\n"
                + "Warning: disk is slow\n",
                ""),
            await _mon.RunAsync("status"));
    }

    [Fact]
    public async Task Status_NotRunning_HasItsOwnExitCode() =>
        Assert.Equal(new CliRun(3, "mond is not running\n", ""), await _mon.RunAsync("status"));

    [Fact]
    public async Task Status_NoAnswer_IsAFailure()
    {
        _mon.Mond.Presence = new DaemonPresence(IsRunning: true, Pid: 7);

        Assert.Equal(
            new CliRun(
                1, "", "mon status: mond (pid 7) is running but gives no answer: mond is not running (no answer at SOCKET)\n"),
            await _mon.RunAsync("status"));
    }
}
