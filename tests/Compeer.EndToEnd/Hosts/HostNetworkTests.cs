using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>The hosts themselves: what else is tested on them rests on this.</summary>
public sealed class HostNetworkTests : HostTest
{
    [Fact]
    public async Task Host_IsAMachineOfItsOwn()
    {
        (await Peer01.ShellAsync("echo one >/etc/only-here; useradd somebody")).Expect(0);

        Assert.Equal("peer01\n", (await Peer01.RunAsync("hostname")).Expect(0).Output);
        Assert.Equal("peer02\n", (await Peer02.RunAsync("cat", "/etc/hostname")).Expect(0).Output);
        (await Peer02.RunAsync("test", "-e", "/etc/only-here")).Expect(1);
        (await Peer02.RunAsync("id", "somebody")).Expect(1);
        Assert.False(File.Exists("/etc/only-here"));
        Assert.Equal("one\n", Peer01.Read("/etc/only-here"));
        Assert.Contains("monitor", (await Peer03.RunAsync("id", "monitor")).Expect(0).Output, StringComparison.Ordinal);
        var processes = (await Peer01.ShellAsync("echo /proc/[0-9]*")).Expect(0).Output.Split(' ');
        Assert.InRange(processes.Length, 3, 12);
        Assert.NotEqual(Peer01.Read("/etc/ssh/ssh_host_ed25519_key"), Peer02.Read("/etc/ssh/ssh_host_ed25519_key"));
    }

    [Fact]
    public async Task Terminal_SshByPasswordFromHostToHost_AsksAndIsAnswered()
    {
        var typed = (await Terminal.TypeAsync("ssh peer02 hostname; echo \"here: $(hostname)\"")).Expect(0);

        Assert.Contains("yes/no", typed.Shown, StringComparison.Ordinal);
        Assert.Contains("root@peer02's password:", typed.Shown, StringComparison.Ordinal);
        Assert.EndsWith("peer02\nhere: peer01\n", typed.Shown, StringComparison.Ordinal);
        Assert.Contains((await Terminal.TypeAsync("ssh peer03 true", password: null)).ExitCode, (int[])[130, 255]);
        (await Terminal.TypeAsync("test -t 0 -a -t 1 && exit_code() { return 7; }; exit_code")).Expect(7);
        var interrupted = (await Terminal.InterruptAsync("echo started; sleep 1000", "started", () => Task.CompletedTask)).Expect(130);
        Assert.Contains("^C", interrupted.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_NothingIsAnswered_UntilItIsHealed()
    {
        const string Knock = "timeout 2 bash -c 'read -r line </dev/tcp/peer02/22 && echo $line'";
        Assert.Contains("SSH-2.0", (await Peer01.ShellAsync(Knock)).Expect(0).Output, StringComparison.Ordinal);

        await Network.CutAsync(Peer02);
        (await Peer01.ShellAsync(Knock)).Expect(124);

        await Network.HealAsync(Peer02);
        Assert.Contains("SSH-2.0", (await Peer01.ShellAsync(Knock)).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_ProcessThatHoldsItIsKilled_NothingIsLeft()
    {
        int[] first = [.. Network.Hosts.Select(host => host.Pid)];
        Assert.All(first, pid => Assert.True(ProcessTable.IsAlive(pid)));

        Native.Signal(Network.Pid, Native.Kill);

        await Eventually.HoldsAsync(
            "the hosts' process was killed",
            "no process and no mount is left",
            Limits.Exit,
            () => first.Where(ProcessTable.IsAlive).Select(pid => $"process {pid} runs")
                .Concat(File.ReadLines("/proc/mounts").Where(line => line.Contains(Folder.Path, StringComparison.Ordinal)))
                .FirstOrDefault());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder.File("hosts")));
        Assert.False(Directory.Exists("/run/netns/peer01"));
    }
}
