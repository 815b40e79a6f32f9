using System.Diagnostics;
using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>
/// Several hosts made of namespaces, see <c>hosts.sh</c>, at one switch. They know each other's names, have sshd on port 22
/// and a password for root, and all that they are is gone with this object, or with the process that made it.
/// </summary>
internal sealed class HostNetwork : IDisposable
{
    /// <summary>Root's password on every host.</summary>
    public const string Password = "correct horse";

    private readonly Process _process;
    private int _switch;

    private HostNetwork(Process process) => _process = process;

    public List<Host> Hosts { get; } = [];

    public Host this[string name] => Hosts.Single(host => host.Name == name);

    /// <summary>The process that all of them hang on.</summary>
    public int Pid => _process.Id;

    /// <summary>Makes hosts that have the programs under test; the first gets 10.77.0.1 and so on.</summary>
    public static Task<HostNetwork> StartAsync(TestFolder folder, params string[] names) =>
        StartAsync(folder, Programs.Folder, Programs.DotnetRoot, names);

    /// <summary>Makes hosts that have nothing of ours, for a package to be installed on them.</summary>
    public static Task<HostNetwork> StartBareAsync(TestFolder folder, params string[] names) => StartAsync(folder, "-", "-", names);

    /// <summary>Takes a host's cable out: nothing that is sent to it is answered, nor refused.</summary>
    public Task CutAsync(Host host) => LinkAsync("set", host.Name, "nomaster");

    /// <summary>Puts it back.</summary>
    public Task HealAsync(Host host) => LinkAsync("set", host.Name, "master", "switch");

    /// <summary>From now on what a host sends to the others gets lost on the way, while what they send arrives.</summary>
    public Task MuteAsync(Host host) => NeighboursAsync(host, "replace", "lladdr", "02:00:00:00:00:99", "nud", "permanent");

    /// <summary>Ends that.</summary>
    public Task UnmuteAsync(Host host) => NeighboursAsync(host, "del");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(Limits.Exit);
        }

        _process.Dispose();
    }

    private static async Task<HostNetwork> StartAsync(TestFolder folder, string programs, string runtime, string[] names)
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test makes hosts out of namespaces: run it as root");
        var memory = Directory.CreateDirectory(folder.File("hosts")).FullName;
        var start = Programs.StartInfo(folder.Path, "unshare", [
            "--net", "--mount", "--pid", "--ipc", "--fork", "--kill-child",
            "bash", Path.Combine(AppContext.BaseDirectory, "Hosts", "hosts.sh"),
            memory, programs, runtime, Password, .. names]);
        var network = new HostNetwork(Process.Start(start)!);
        try
        {
            await network.WaitUntilReadyAsync().WaitAsync(Limits.Start);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                Hosts.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
                return;
            }

            var words = line.Split(' ');
            var pid = int.Parse(words[1], CultureInfo.InvariantCulture);
            if (words[0] == "switch")
            {
                _switch = pid;
            }
            else
            {
                Hosts.Add(new Host(words[0], pid));
            }
        }

        Assert.Fail($"the hosts cannot be made: {await _process.StandardError.ReadToEndAsync()}");
    }

    private async Task NeighboursAsync(Host host, string verb, params string[] how)
    {
        foreach (var other in Hosts.Where(other => other != host))
        {
            var address = $"10.77.0.{(Hosts.IndexOf(other) + 1).ToString(CultureInfo.InvariantCulture)}";
            (await host.RunAsync(["ip", "neighbour", verb, address, "dev", "eth0", .. how])).Expect(0);
        }
    }

    private async Task LinkAsync(params string[] arguments) => (await Programs.RunAsync(
        "/", "nsenter", [$"--target={_switch}", "--net", "ip", "link", .. arguments])).Expect(0);
}
