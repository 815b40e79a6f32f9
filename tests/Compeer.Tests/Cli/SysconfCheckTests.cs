using Compeer.Cli.Commands;
using Compeer.Cli.Limits;
using Compeer.Cli.Plugins;

namespace Compeer.Tests.Cli;

/// <summary>What the kernel's files say, and what that means for mond.</summary>
public sealed class SysconfCheckTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public SysconfCheckTests()
    {
        Limits("1048576", "60000");
        Write("proc/7/cgroup", "0::/system.slice/mond.service\n");
        Write("sys/fs/cgroup/system.slice/pids.max", "max\n");
        Write("sys/fs/cgroup/system.slice/mond.service/pids.max", "max\n");
        Write("proc/sys/kernel/pid_max", "4194304\n");
        Write("proc/sys/kernel/threads-max", "100000\n");
        Write("proc/sys/fs/file-max", "9223372036854775807\n");
        Write("proc/sys/net/core/somaxconn", "4096\n");
        Write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
    }

    public void Dispose() => _mon.Dispose();

    [Fact]
    public void Look_EverythingSuffices_SaysEachWithItsValue()
    {
        var result = Look();

        Assert.Equal((PluginState.Ok, "No system problems detected"), (result.State, result.Text));
        Assert.Equal(
            [
                "(open-files) OK: 1048576 open files of mond; needed are 4096, three for each plugin that runs",
                "(processes) OK: 60000 processes of mond; needed are 4096, one or more for each plugin that runs",
                "(group-processes) OK: unlimited processes in the control group of mond; needed are 4096, one or more for each plugin "
                    + "that runs",
                "(pid-max) OK: 4194304 process ids; needed are 32768, used again too soon, a signal could meet another process",
            ],
            result.Details.Take(4));
        Assert.Equal(SystemChecks.All.Select(check => $"({check.Name})"), result.Details.Select(line => line.Split(' ')[0]));
    }

    public static TheoryData<string, string, string, int, string> Shortages { get; } = new()
    {
        { "open-files", "proc/7/limits", "Max open files            1024                 4095                 files\n", 1, "4095" },
        { "open-files", "proc/7/limits", "Max open files            256                  512                  files\n", 2, "512" },
        { "processes", "proc/7/limits", "Max processes             99                   2000                 processes\n", 1, "2000" },
        { "processes", "proc/7/limits", "Max processes             99\n", 3, "an unknown number of" },
        { "group-processes", "sys/fs/cgroup/system.slice/pids.max", "500\n", 2, "500" },
        { "pid-max", "proc/sys/kernel/pid_max", "10000\n", 1, "10000" },
        { "threads-max", "proc/sys/kernel/threads-max", "1000\n", 2, "1000" },
        { "file-max", "proc/sys/fs/file-max", "20000\n", 1, "20000" },
        { "somaxconn", "proc/sys/net/core/somaxconn", "128\n", 1, "128" },
        { "somaxconn", "proc/sys/net/core/somaxconn", "many\n", 3, "an unknown number of" },
        { "local-ports", "proc/sys/net/ipv4/ip_local_port_range", "40000 40999\n", 2, "1000" },
    };

    [Theory]
    [MemberData(nameof(Shortages))]
    public void Look_TooLittle_SaysHowMuchAndHowToChangeIt(string name, string file, string content, int state, string value)
    {
        Write(file, content);

        var result = SysconfCheckCommand.Look([.. SystemChecks.All.Where(check => check.Name == name)], Reading(7));

        Assert.Equal(((PluginState)state, "System problems detected: 1 of 1"), (result.State, result.Text));
        Assert.Matches(
            $"^\\({name}\\) [A-Z]+: {value} .*; needed are [0-9]+, .*; (set|write) '?[A-Za-z_.=-]+", Assert.Single(result.Details));
    }

    [Fact]
    public void Look_MondDoesNotRun_ShowsTheLimitsOfWhoeverAsks()
    {
        Write("proc/self/limits", "Max open files            1024                 1048576              files     \n");

        var result = SysconfCheckCommand.Look([.. SystemChecks.All.Where(check => check.Name == "open-files")], Reading(pid: null));

        Assert.Contains("open files of this shell, as mond does not run", Assert.Single(result.Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfThisMachine_LooksAtAllOfThem()
    {
        var run = await _mon.RunAsync("sysconf", "check");

        Assert.InRange(run.ExitCode, 0, 3);
        Assert.Equal("", run.Error);
        Assert.Equal(SystemChecks.All.Length + 1, run.Out.Count(c => c == '\n'));
        Assert.DoesNotContain("UNKNOWN", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Named_LooksAtThatOnly()
    {
        var run = await _mon.RunAsync("sysconf", "check", "disk-space");

        Assert.Matches(
            "^(OK: No system|[A-Z]+: System) problems detected.*\n\\(disk-space\\) [A-Z]+: [0-9]+ MiB free at PREFIX/var; .*\n$",
            run.Out);
        Assert.Equal(
            "UNKNOWN: there is no check \"disk-spce\" (did you mean \"disk-space\"?); usage: mon sysconf check [--list] [CHECK …]\n",
            (await _mon.RunAsync("sysconf", "check", "disk-spce")).Out);
        Assert.Contains(
            "\n(disk-space) free space where mond writes\n",
            (await _mon.RunAsync("sysconf", "check", "--list")).Out,
            StringComparison.Ordinal);
    }

    private PluginResult Look() => SysconfCheckCommand.Look(SystemChecks.All, Reading(7));

    private SystemReading Reading(int? pid) => new(_mon.Paths.Prefix + "/root/", pid, _mon.Paths);

    private void Limits(string files, string processes) => Write(
        "proc/7/limits",
        "Limit                     Soft Limit           Hard Limit           Units     \n"
        + $"Max processes             {processes,-20} {processes,-20} processes \n"
        + $"Max open files            1024                 {files,-20} files     \n");

    private void Write(string file, string content)
    {
        var path = $"{_mon.Paths.Prefix}/root/{file}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
