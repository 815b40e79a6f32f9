using System.Diagnostics;
using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Packaging;

/// <summary>A machine of its own for one test, see <c>machine.sh</c>: packages are installed and removed in it. Needs root.</summary>
internal sealed class Machine : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    /// <summary>Of one command; dpkg unpacks a hundred megabytes.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    private static readonly string[] Clean =
    [
        "/usr/bin/env", "-i", "HOME=/root", "USER=root", "LOGNAME=root", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    ];

    private readonly Process _process;
    private readonly string? _group;

    private Machine(Process process, string? group)
    {
        _process = process;
        _group = group;
    }

    /// <summary>Its first process, as it is numbered outside.</summary>
    private int First { get; set; }

    /// <summary>A machine without an init system.</summary>
    public static Task<Machine> StartAsync(TestFolder folder) => StartAsync(folder, "plain", group: null);

    /// <summary>A machine that systemd runs.</summary>
    public static async Task<Machine> StartWithSystemdAsync(TestFolder folder)
    {
        var groups = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' '))
            .FirstOrDefault(words => words[2] == "cgroup2");
        Assert.True(groups is not null, "this test needs the control groups of version 2 mounted somewhere");
        var group = $"{groups![1]}/{Path.GetFileName(folder.Path)}";
        Directory.CreateDirectory(group);
        var machine = await StartAsync(folder, "systemd", group);
        try
        {
            await Eventually.HoldsAsync(
                "a machine with systemd",
                "its basic target is reached",
                StartLimit,
                async () =>
                {
                    var state = (await machine.RunAsync("systemctl", "is-active", "basic.target")).Output.Trim();
                    return state == "active" ? null : state;
                });
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <summary>A file of the machine as this process can open it.</summary>
    public string FileOf(string path) => $"/proc/{First.ToString(CultureInfo.InvariantCulture)}/root{path}";

    /// <summary>The text of a file of the machine.</summary>
    public string Read(string path) => File.ReadAllText(FileOf(path));

    /// <summary>Whether there is a file or a folder.</summary>
    public bool Has(string path) => Path.Exists(FileOf(path));

    /// <summary>Starts a program as root on the machine.</summary>
    public Process Start(params IEnumerable<string> command)
    {
        string[] spaces = ["--mount", "--uts", "--pid", "--ipc", "--net", .. _group is null ? (string[])[] : ["--cgroup"]];
        var info = new ProcessStartInfo("nsenter")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var target = $"--target={First.ToString(CultureInfo.InvariantCulture)}";
        foreach (var word in (string[])[target, .. spaces, "--root", "--wd", .. Clean, .. command])
        {
            info.ArgumentList.Add(word);
        }

        var process = Process.Start(info)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a program as root on the machine, to its end.</summary>
    public async Task<ProgramResult> RunAsync(params string[] command)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await Task.WhenAll(process.WaitForExitAsync(), output, error).WaitAsync(LongestRun);
        return new ProgramResult(string.Join(' ', command), process.ExitCode, await output, await error, clock.Elapsed);
    }

    /// <summary>Runs a line of shell on the machine; it must succeed.</summary>
    /// <returns>What it printed, without the last line's end.</returns>
    public async Task<string> ShellAsync(string line) =>
        (await RunAsync("bash", "-c", $"set -euo pipefail; {line}")).Expect(0).Output.TrimEnd('\n');

    /// <summary>Installs, or upgrades to, a package that lies outside.</summary>
    public async Task<ProgramResult> InstallAsync(string package)
    {
        await BringAsync(package);
        return await RunAsync("dpkg", "--install", "/tmp/package.deb");
    }

    /// <summary>Copies a file from outside to /tmp/package.deb.</summary>
    public async Task BringAsync(string package)
    {
        await using var from = File.OpenRead(package);
        await using var to = File.Create(FileOf("/tmp/package.deb"));
        await from.CopyToAsync(to);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        if (_group is not null)
        {
            RemoveGroups(_group);
        }
    }

    private static async Task<Machine> StartAsync(TestFolder folder, string kind, string? group)
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test makes a machine out of namespaces: run it as root");
        var memory = Directory.CreateDirectory(folder.File("machine")).FullName;
        var info = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        var script = Path.Combine(AppContext.BaseDirectory, "Packaging", "machine.sh");
        foreach (var word in (string[])[script, memory, kind, group ?? "none"])
        {
            info.ArgumentList.Add(word);
        }

        var machine = new Machine(Process.Start(info)!, group);
        try
        {
            var line = await machine._process.StandardOutput.ReadLineAsync().WaitAsync(StartLimit);
            Assert.True(
                line == "up",
                $"the machine does not come up: {(line is null ? await machine._process.StandardError.ReadToEndAsync() : line)}");
            var pid = machine._process.Id;
            machine.First = int.Parse(File.ReadAllText($"/proc/{pid}/task/{pid}/children").Trim(), CultureInfo.InvariantCulture);

            // "up" comes just before the program of the first process is replaced, and its root with that.
            await Eventually.HoldsAsync(
                "a machine",
                "its first process has its own root",
                StartLimit,
                () => machine.Has("/run/machine") ? null : "not yet");
            return machine;
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    /// <summary>Those below first; the processes in them have been killed and may take a moment to be gone.</summary>
    private static void RemoveGroups(string group)
    {
        var clock = Stopwatch.StartNew();
        var below = Directory.GetDirectories(group, "*", SearchOption.AllDirectories).OrderDescending(StringComparer.Ordinal);
        foreach (var folder in below.Append(group))
        {
            while (true)
            {
                try
                {
                    Directory.Delete(folder);
                    break;
                }
                catch (IOException) when (clock.Elapsed < StartLimit)
                {
                    Thread.Yield();
                }
            }
        }
    }
}
