using System.Globalization;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Packaging;

/// <summary>The Debian package on a machine without an init system: what installing, upgrading and removing it do.</summary>
public sealed class DebianPackageTests : ClusterTest
{
    private const long LargestPackage = 60 << 20;

    /// <summary>The sample is checked every minute, its first checks are spread over that.</summary>
    private static readonly TimeSpan FirstResults = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Install_OnAFreshMachine_GivesARunningServerThatWatchesItself()
    {
        var machine = await StartAsync();
        var package = await BuiltPackage.DebAsync();
        Assert.InRange(new FileInfo(package).Length, 1 << 20, LargestPackage);

        var install = (await machine.InstallAsync(package)).Expect(0);

        Assert.Contains("mond started (pid ", install.Output, StringComparison.Ordinal);
        (await machine.RunAsync("mon", "status")).Expect(0);
        Assert.Equal(
            [
                "monitor", "/opt/monitor", "monitor:monitor 755", "root:root 755", "monitor:monitor 640", "root:root 440",
                "monitor:monitor 700",
            ],
            (await machine.ShellAsync(
                """
                stat -c %U /proc/$(cat /opt/monitor/var/mond.pid)
                getent passwd monitor | cut -d: -f6
                stat -c '%U:%G %a' /opt/monitor/var /opt/monitor/bin /opt/monitor/etc/resource.cfg /etc/sudoers.d/compeer \
                  /opt/monitor/.ssh
                """)).Split('\n'));
        Assert.Equal("", await machine.ShellAsync("mon node list"));
        Assert.Contains("PING OK", await ResultsAsync(machine, "\"service\":\"PING\""), StringComparison.Ordinal);
        (await machine.RunAsync("mon", "oconf", "verify")).Expect(0);
        Assert.Contains("MON-NODE-ADD(1)", await machine.ShellAsync("man mon-node-add"), StringComparison.Ordinal);
        Assert.Equal("", await machine.ShellAsync("ss -ltnH"));
        Assert.Equal("", await machine.ShellAsync("find /opt/monitor -name '*.new'"));
    }

    [Fact]
    public async Task Mon_OfThePackage_IsQuickAndUsesItsOwnRuntimeOnly()
    {
        var machine = await InstalledAsync();

        // Processor time, because the machine may be busy: of a command that waits for nothing it is what an idle machine takes.
        var times = await machine.ShellAsync(
            """
            TIMEFORMAT='%U %S'
            for i in 1 2 3 4 5; do { time env DOTNET_ROOT=/nonexistent mon node list; } 2>&1; done
            """);
        var best = times.Split('\n').Select(line => line.Split(' ').Sum(word => double.Parse(word, CultureInfo.InvariantCulture))).Min();
        Assert.InRange(best, 0.001, 0.120);
        Assert.Matches(
            "^/opt/monitor/lib/dotnet/[^\n]+/libcoreclr.so$",
            await machine.ShellAsync("grep -o '/[^ ]*libcoreclr.so' /proc/$(cat /opt/monitor/var/mond.pid)/maps | sort -u"));
    }

    [Fact]
    public async Task Upgrade_KeepsConfigurationAndStateAndStopsTheOldOneFirst()
    {
        var machine = await InstalledAsync();
        await machine.ShellAsync(
            """
            rm /opt/monitor/etc/objects/localhost.cfg
            printf 'define host {\n  use default-host\n  host_name mine\n  address 127.0.0.1\n}\n' >/opt/monitor/etc/objects/mine.cfg
            sed -i 's/^interval_length=.*/interval_length=1/' /opt/monitor/etc/naemon.cfg
            echo '# mine' >>/etc/logrotate.d/compeer
            mon restart
            rm /opt/monitor/op5/merlin/merlin.conf
            """);
        await ResultsAsync(machine, "\"host\":\"mine\"");
        const string Sums = "find /opt/monitor/etc /opt/monitor/op5 /etc/logrotate.d/compeer -type f -exec md5sum {} + | sort -k 2";
        var before = await machine.ShellAsync(Sums);
        var started = await machine.ShellAsync("mon node key; cat /opt/monitor/var/mond.pid");

        (await machine.InstallAsync(await BuiltPackage.LaterDebAsync(Folder, "9.0.0"))).Expect(0);

        Assert.Equal(before, await machine.ShellAsync(Sums));
        Assert.Equal("9.0.0", await machine.ShellAsync("dpkg-query --show --showformat='${Version}' compeer"));
        var now = await machine.ShellAsync("mon node key; cat /opt/monitor/var/mond.pid");
        Assert.Equal(started.Split('\n')[..^1], now.Split('\n')[..^1]);
        var pid = started.Split('\n')[^1];
        Assert.NotEqual(pid, now.Split('\n')[^1]);
        Assert.Contains($"Successfully shutdown... (PID={pid})", machine.Read("/opt/monitor/var/naemon.log"), StringComparison.Ordinal);
        (await machine.RunAsync("mon", "status")).Expect(0);
        await ResultsAsync(machine, "\"host\":\"mine\"");
    }

    [Fact]
    public async Task Remove_StopsAndKeepsWhatIsTheSites_PurgeTakesAll()
    {
        var machine = await InstalledAsync();
        var pid = await machine.ShellAsync("cat /opt/monitor/var/mond.pid");

        (await machine.RunAsync("dpkg", "--remove", "compeer")).Expect(0);

        Assert.False(machine.Has($"/proc/{pid}"), "mond still runs");
        Assert.True(machine.Has("/opt/monitor/etc/naemon.cfg"));
        Assert.Equal("etc op5 var", (await machine.ShellAsync("ls /opt/monitor")).Replace('\n', ' '));

        (await machine.InstallAsync(await BuiltPackage.DebAsync())).Expect(0);
        (await machine.RunAsync("mon", "status")).Expect(0);

        (await machine.RunAsync("dpkg", "--purge", "compeer")).Expect(0);

        Assert.False(machine.Has("/opt/monitor"));
        Assert.Equal("", await machine.ShellAsync("pgrep -x mond || true"));
        Assert.Equal("", await machine.ShellAsync(
            "find /etc /usr/bin /usr/share/man /lib/systemd -name '*compeer*' -o -name mond.service -o -name 'S??mond' -o -name mon"));

        // The user stays, for what it owns elsewhere, and nobody can be it.
        Assert.Equal("/usr/sbin/nologin", await machine.ShellAsync("getent passwd monitor | cut -d: -f7"));

        (await machine.InstallAsync(await BuiltPackage.DebAsync())).Expect(0);
        (await machine.RunAsync("mon", "status")).Expect(0);
        Assert.Equal("/bin/sh", await machine.ShellAsync("getent passwd monitor | cut -d: -f7"));
    }

    [Theory]
    [InlineData("[ -e /opt/monitor/bin/mond.dpkg-new ]")]
    [InlineData("getent passwd monitor")]
    [InlineData("[ -e /opt/monitor/etc/objects/commands.cfg ]")]
    [InlineData("[ -e /opt/monitor/var/mond.pid ]")]
    public async Task Install_KilledOnTheWayAndTriedAgain_EndsAsIfNothingHadHappened(string when)
    {
        var machine = await StartAsync();
        await machine.BringAsync(await BuiltPackage.DebAsync());

        await InstallAndKillAsync(machine, when);

        (await machine.RunAsync("dpkg", "--install", "/tmp/package.deb")).Expect(0);

        (await machine.RunAsync("mon", "status")).Expect(0);
        Assert.Equal("monitor", await machine.ShellAsync("stat -c %U /proc/$(cat /opt/monitor/var/mond.pid)"));
        Assert.Equal("1", await machine.ShellAsync("pgrep -x mond | wc -l"));
        Assert.Equal("", await machine.ShellAsync("diff -r /opt/monitor/share/sample/objects /opt/monitor/etc/objects"));
        Assert.Equal("", await machine.ShellAsync("find / -xdev -name '*.dpkg-new' -o -xdev -path '/opt/monitor/*' -name '.new'"));
        (await machine.RunAsync("dpkg", "--verify", "compeer")).Expect(0);
    }

    [Fact]
    public async Task Upgrade_KilledOnTheWayAndTriedAgain_KeepsEverything()
    {
        var machine = await InstalledAsync();
        await machine.ShellAsync("echo '# mine' >>/opt/monitor/etc/naemon.cfg; rm /opt/monitor/etc/objects/localhost.cfg");
        await machine.BringAsync(await BuiltPackage.LaterDebAsync(Folder, "9.0.0"));

        await InstallAndKillAsync(machine, "[ -e /opt/monitor/bin/mond.dpkg-new ]");

        (await machine.RunAsync("dpkg", "--install", "/tmp/package.deb")).Expect(0);
        (await machine.RunAsync("mon", "status")).Expect(0);
        Assert.EndsWith("# mine\n", machine.Read("/opt/monitor/etc/naemon.cfg"), StringComparison.Ordinal);
        Assert.False(machine.Has("/opt/monitor/etc/objects/localhost.cfg"), "a file of the sample came back");
        (await machine.RunAsync("dpkg", "--verify", "compeer")).Expect(0);
    }

    [Fact]
    public async Task Install_OnAMachineThatIsBeingBuilt_StartsNothing()
    {
        var machine = await StartAsync();
        await machine.ShellAsync("printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d");

        (await machine.InstallAsync(await BuiltPackage.DebAsync())).Expect(0);

        (await machine.RunAsync("mon", "status")).Expect(3);
        (await machine.RunAsync("mon", "start")).Expect(0);
        Assert.Equal("monitor", await machine.ShellAsync("stat -c %U /proc/$(cat /opt/monitor/var/mond.pid)"));
    }

    [Fact]
    public async Task Logs_OfThePackage_AreRotatedAndGoOn()
    {
        var machine = await InstalledAsync();
        await machine.ShellAsync("logrotate --force /etc/logrotate.d/compeer");
        await machine.ShellAsync("mon restart");

        Assert.Contains("Successfully shutdown", machine.Read("/opt/monitor/var/naemon.log"), StringComparison.Ordinal);
        Assert.Equal("monitor:monitor", await machine.ShellAsync("stat -c %U:%G /opt/monitor/var/naemon.log"));
        Assert.Contains("Compeer successfully initialized", machine.Read("/opt/monitor/var/naemon.log.1"), StringComparison.Ordinal);
    }

    /// <summary>Installs /tmp/package.deb and kills all that does it as soon as something is so.</summary>
    private static async Task InstallAndKillAsync(Machine machine, string when)
    {
        using var install = machine.Start(
            "setsid", "bash", "-c", "dpkg --install /tmp/package.deb >/tmp/out 2>&1 & echo $$ >/tmp/group; wait");
        await machine.ShellAsync($"until {when} >/dev/null 2>&1 && [ -s /tmp/group ]; do :; done; kill -KILL -- -$(cat /tmp/group)");
        await install.WaitForExitAsync();
        Assert.NotEqual(
            "install ok installed",
            await machine.ShellAsync("dpkg-query --show --showformat='${Status}' compeer 2>/dev/null || true"));
    }

    /// <summary>Waits until what the interface says of an object has a result of a check, and gives it.</summary>
    private static async Task<string> ResultsAsync(Machine machine, string marker)
    {
        var found = "";
        await Eventually.HoldsAsync(
            "the installed server",
            $"{marker} has been checked",
            FirstResults,
            async () =>
            {
                var objects = await machine.ShellAsync(
                    "for kind in hosts services; do "
                    + "curl -s --unix-socket /opt/monitor/var/rw/mond.sock http://localhost/api/v1/$kind; done | sed 's/{/\\n{/g'");
                found = objects.Split('\n').FirstOrDefault(line => line.Contains(marker, StringComparison.Ordinal)) ?? "";
                return found.Contains("\"hasBeenChecked\":true", StringComparison.Ordinal) ? null : found;
            });
        return found;
    }

    private async Task<Machine> StartAsync() => Own(await Machine.StartAsync(Folder));

    private async Task<Machine> InstalledAsync()
    {
        var machine = await StartAsync();
        (await machine.InstallAsync(await BuiltPackage.DebAsync())).Expect(0);
        return machine;
    }
}
