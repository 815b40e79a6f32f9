using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Packaging;

/// <summary>
/// The RPM package. There is no machine of its kind here: it is looked into, and installed by rpm on a Debian machine that is
/// made to look alike where it matters.
/// </summary>
public sealed class RpmPackageTests : ClusterTest
{
    [Fact]
    public async Task Package_HasTheSameFilesAsDebiansAndNothingToFindOutItself()
    {
        var rpm = await BuiltPackage.RpmAsync();
        var deb = await BuiltPackage.DebAsync();

        var files = await LinesAsync("rpm", "--query", "--list", "--package", rpm);
        Assert.Contains("/usr/lib/systemd/system/mond.service", files);
        Assert.Contains("/usr/share/zsh/site-functions/_mon", files);
        var ofDebian = (await LinesAsync("bash", "-c", "dpkg-deb --fsys-tarfile \"$1\" | tar -t", "list", deb))
            .Select(file => file[1..]).Where(IsCommon);
        Assert.Equal(ofDebian.Order(StringComparer.Ordinal), files.Where(IsCommon).Order(StringComparer.Ordinal));

        var needs = await LinesAsync("rpm", "--query", "--requires", "--package", rpm);
        Assert.Contains("nagios-plugins-ping", needs);
        Assert.DoesNotContain(needs, need => need.Contains(".so", StringComparison.Ordinal));
        Assert.Equal(
            ["/etc/logrotate.d/compeer", "/etc/sudoers.d/compeer"],
            await LinesAsync("rpm", "--query", "--configfiles", "--package", rpm));

        static bool IsCommon(string file) =>
            file.StartsWith("/opt/monitor/bin/", StringComparison.Ordinal) && file[^1] != '/'
            || Array.Exists([".cfg", ".conf", ".so", ".dll", ".1.gz"], end => file.EndsWith(end, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Package_InstalledUpgradedAndErased_DoesAsItsScriptsSay()
    {
        var machine = Own(await Machine.StartAsync(Folder));
        await machine.BringAsync(await BuiltPackage.RpmAsync());
        await machine.ShellAsync("mkdir -p /usr/lib64/nagios; ln -s /usr/lib/nagios/plugins /usr/lib64/nagios/plugins");

        var install = await machine.ShellAsync("rpm --install --nodeps /tmp/package.deb");

        Assert.Contains("mond started", install, StringComparison.Ordinal);
        Assert.Equal(
            "monitor /usr/lib64/nagios/plugins",
            await machine.ShellAsync(
                "echo $(stat -c %U /proc/$(cat /opt/monitor/var/mond.pid)) $(sed -n 's/^$USER1$=//p' /opt/monitor/etc/resource.cfg)"));
        var first = machine.Read("/opt/monitor/var/mond.pid");
        await machine.ShellAsync("echo '# mine' >>/opt/monitor/etc/naemon.cfg; rm /opt/monitor/etc/objects/localhost.cfg");

        // The same version again goes the way of an upgrade.
        await machine.ShellAsync("rpm --upgrade --replacepkgs --nodeps /tmp/package.deb");

        Assert.NotEqual(first, machine.Read("/opt/monitor/var/mond.pid"));
        Assert.Contains("# mine", machine.Read("/opt/monitor/etc/naemon.cfg"), StringComparison.Ordinal);
        Assert.False(machine.Has("/opt/monitor/etc/objects/localhost.cfg"), "an upgrade brought a file of the sample back");

        await machine.ShellAsync("rpm --erase compeer");

        Assert.Equal("", await machine.ShellAsync("pgrep -x mond || true"));
        Assert.True(machine.Has("/opt/monitor/etc/naemon.cfg"));
        Assert.False(machine.Has("/opt/monitor/bin"));
    }

    private static async Task<string[]> LinesAsync(string program, params string[] arguments) =>
        (await BuiltPackage.RunAsync("/", program, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
