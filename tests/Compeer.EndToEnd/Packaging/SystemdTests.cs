using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Packaging;

/// <summary>The Debian package on a machine that systemd runs: the unit is what runs the daemon, and <c>mon</c> asks it.</summary>
public sealed class SystemdTests : ClusterTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Unit_OfThePackage_RunsTheDaemonWithoutRightsAndPluginsWithTheirs()
    {
        var machine = await InstalledAsync();

        Assert.Equal("active enabled", await machine.ShellAsync("echo $(systemctl is-active mond) $(systemctl is-enabled mond)"));
        var pid = await MainProcessAsync(machine);
        Assert.Equal(pid, machine.Read("/opt/monitor/var/mond.pid").Trim());
        Assert.Equal("monitor", await machine.ShellAsync($"stat -c %U /proc/{pid}"));
        var status = machine.Read($"/proc/{pid}/status");
        Assert.Contains("NoNewPrivs:\t0\n", status, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000\n", status, StringComparison.Ordinal);
        Assert.Contains("CapAmb:\t0000000000000000\n", status, StringComparison.Ordinal);

        // A plugin by the capability of its file, one by sudo, and one that may not write into the system even as root.
        await machine.ShellAsync(
            """
            printf 'monitor ALL=(root) NOPASSWD: /usr/bin/id, /usr/bin/touch\n' >/etc/sudoers.d/probe
            cat >/opt/monitor/etc/objects/probe.cfg <<'CFG'
            define command {
              command_name  icmp
              command_line  $USER1$/check_icmp -H 127.0.0.1
            }
            define command {
              command_name  by-sudo
              command_line  sudo -n /usr/bin/id -u
            }
            define command {
              command_name  write
              command_line  sudo -n /usr/bin/touch /etc/written 2>&1
            }
            define service {
              use  default-service
              host_name  localhost
              service_description  icmp
              check_command  icmp
            }
            define service {
              use  default-service
              host_name  localhost
              service_description  sudo
              check_command  by-sudo
            }
            define service {
              use  default-service
              host_name  localhost
              service_description  write
              check_command  write
            }
            CFG
            sed -i 's/^interval_length=.*/interval_length=1/' /opt/monitor/etc/naemon.cfg
            systemctl restart mond
            """);
        Assert.Contains("OK - 127.0.0.1", await OutputAsync(machine, "icmp"), StringComparison.Ordinal);
        Assert.Contains("PING OK", await OutputAsync(machine, "PING"), StringComparison.Ordinal);
        Assert.Contains("\"output\":\"0\"", await OutputAsync(machine, "sudo"), StringComparison.Ordinal);
        Assert.Contains("Read-only file system", await OutputAsync(machine, "write"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mon_UnderSystemd_HasItStartAndStop()
    {
        var machine = await InstalledAsync();
        var first = await MainProcessAsync(machine);

        Assert.Contains("mond started", (await machine.RunAsync("mon", "restart")).Expect(0).Output, StringComparison.Ordinal);
        var second = await MainProcessAsync(machine);
        Assert.NotEqual(first, second);
        Assert.Equal(second, machine.Read("/opt/monitor/var/mond.pid").Trim());

        Assert.Equal($"mond stopped (pid {second})\n", (await machine.RunAsync("mon", "stop")).Expect(0).Output);
        Assert.Equal("inactive", await StateAsync(machine));
        Assert.Equal("mond is not running\n", (await machine.RunAsync("mon", "stop")).Expect(0).Output);
        (await machine.RunAsync("mon", "start")).Expect(0);
        Assert.Equal("active", await StateAsync(machine));

        // As the monitoring's own user, by the one sudo rule; a stop needs none.
        string[] asMonitor = ["runuser", "-u", "monitor", "--", "mon"];
        var before = await MainProcessAsync(machine);
        (await machine.RunAsync([.. asMonitor, "restart"])).Expect(0);
        Assert.Equal("active", await StateAsync(machine));
        Assert.NotEqual(before, await MainProcessAsync(machine));
        (await machine.RunAsync([.. asMonitor, "stop"])).Expect(0);
        Assert.Equal("inactive", await StateAsync(machine));
        Assert.NotEqual(0, (await machine.RunAsync("runuser", "-u", "monitor", "--", "sudo", "-n", "systemctl", "stop", "mond")).ExitCode);

        await machine.ShellAsync("echo 'define host {' >>/opt/monitor/etc/objects/localhost.cfg");
        var refused = (await machine.RunAsync("mon", "start")).Expect(1);
        Assert.Contains("localhost.cfg:", refused.Error, StringComparison.Ordinal);
        Assert.Equal("inactive", await StateAsync(machine));
        await machine.ShellAsync(
            "rm /opt/monitor/etc/objects/localhost.cfg /opt/monitor/var/naemon.log; mkdir /opt/monitor/var/naemon.log");
        refused = (await machine.RunAsync("mon", "start")).Expect(1);
        Assert.Contains("journalctl --unit=mond.service has what mond said", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unit_DaemonDiesOrHangsOrReloads_IsSeenToByHowItIs()
    {
        var machine = await InstalledAsync();
        var first = await MainProcessAsync(machine);
        await machine.ShellAsync($"kill -KILL {first}");
        var second = await ChangedAsync(machine, first);

        (await machine.RunAsync("systemctl", "reload", "mond")).Expect(0);
        await machine.ShellAsync("echo 'define host {' >/opt/monitor/etc/objects/broken.cfg");
        Assert.NotEqual(0, (await machine.RunAsync("systemctl", "reload", "mond")).ExitCode);
        Assert.Equal(second, await MainProcessAsync(machine));
        Assert.Equal("active", await StateAsync(machine));
        await machine.ShellAsync("rm /opt/monitor/etc/objects/broken.cfg");

        await machine.ShellAsync(
            """
            mkdir -p /run/systemd/system/mond.service.d
            printf '[Service]\nWatchdogSec=4\n' >/run/systemd/system/mond.service.d/watchdog.conf
            systemctl daemon-reload
            systemctl restart mond
            """);
        var third = await MainProcessAsync(machine);
        await Eventually.AlwaysAsync(
            "a daemon that is well",
            "it is left alone",
            TimeSpan.FromSeconds(6),
            async () => await MainProcessAsync(machine) is var now && now == third ? null : $"{now} runs instead of {third}");
        await machine.ShellAsync($"kill -STOP {third}");
        await ChangedAsync(machine, third);
        Assert.Contains("Watchdog timeout", await machine.ShellAsync("journalctl --unit=mond --no-pager"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_UpgradedAndRemoved_TheUnitFollows()
    {
        var machine = await InstalledAsync();
        var first = await MainProcessAsync(machine);

        (await machine.InstallAsync(await BuiltPackage.LaterDebAsync(Folder, "9.0.0"))).Expect(0);
        Assert.NotEqual(first, await MainProcessAsync(machine));
        Assert.Equal("active", await StateAsync(machine));

        (await machine.RunAsync("dpkg", "--remove", "compeer")).Expect(0);
        Assert.Equal("", await machine.ShellAsync("pgrep -x mond || true"));
        (await machine.RunAsync("dpkg", "--purge", "compeer")).Expect(0);
        Assert.Equal("", await machine.ShellAsync("find /etc/systemd /lib/systemd -name 'mond*'"));
        Assert.False(machine.Has("/opt/monitor"));
    }

    private static Task<string> StateAsync(Machine machine) => machine.ShellAsync("systemctl is-active mond || true");

    private static Task<string> MainProcessAsync(Machine machine) =>
        machine.ShellAsync("systemctl show --property=MainPID --value mond");

    /// <summary>Waits until another process runs and is ready.</summary>
    private static async Task<string> ChangedAsync(Machine machine, string before)
    {
        var now = before;
        await Eventually.HoldsAsync(
            "systemd",
            "another daemon runs",
            Patience,
            async () =>
            {
                now = await MainProcessAsync(machine);
                var state = await StateAsync(machine);
                return now != before && now != "0" && state == "active" ? null : $"{state}, pid {now}";
            });
        return now;
    }

    /// <summary>What a service of the sample's host is said to be, once it was checked.</summary>
    private static async Task<string> OutputAsync(Machine machine, string service)
    {
        var found = "";
        await Eventually.HoldsAsync(
            "the unit's daemon",
            $"{service} has been checked",
            Patience,
            async () =>
            {
                var objects = await machine.ShellAsync(
                    "curl -s --unix-socket /opt/monitor/var/rw/mond.sock http://localhost/api/v1/services | sed 's/{/\\n{/g'");
                found = objects.Split('\n')
                    .FirstOrDefault(line => line.Contains($"\"service\":\"{service}\"", StringComparison.Ordinal)) ?? "";
                return found.Contains("\"hasBeenChecked\":true", StringComparison.Ordinal) ? null : found;
            });
        return found;
    }

    private async Task<Machine> InstalledAsync()
    {
        var machine = Own(await Machine.StartWithSystemdAsync(Folder));
        (await machine.InstallAsync(await BuiltPackage.DebAsync())).Expect(0);
        return machine;
    }
}
