using System.Globalization;
using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Packaging;

/// <summary>One of two peers is upgraded: the other has its checks meanwhile.</summary>
[Collection(Alone.Name)]
public sealed class PeerUpgradeTests : ClusterTest
{
    private const int Services = 12;
    private const double Interval = 4;

    /// <summary>How late a check may be because of something that was planned, in seconds.</summary>
    private const double Planned = 2;

    private HostNetwork _network = null!;

    [Fact]
    public async Task Upgrade_OfOnePeer_HandsItsShareOverFirstAndLeavesNoGap()
    {
        _network = Own(await HostNetwork.StartBareAsync(Folder, "peer01", "peer02"));
        var package = await BuiltPackage.DebAsync();
        await Task.WhenAll(_network.Hosts.Select(host => host.InstallAsync(package)));
        await Task.WhenAll(_network.Hosts.Select(ConfigureAsync));
        await AcquaintAsync(_network["peer01"], _network["peer02"]);
        await AcquaintAsync(_network["peer02"], _network["peer01"]);
        await WaitUntilBothAreActiveAsync();
        await Eventually.HoldsAsync(
            "two peers",
            "both run checks",
            Limits.Agreement,
            () => _network.Hosts.All(host => StampsOf(host).Length > Services) ? null : "not yet");
        var before = _network.Hosts.Sum(host => StampsOf(host).Length);
        var began = TracedPlugin.Now;

        await _network["peer01"].InstallAsync(await BuiltPackage.LaterDebAsync(Folder, "9.0.0"));

        await WaitUntilBothAreActiveAsync();
        var ended = _network.Hosts.Sum(host => StampsOf(host).Length);
        Assert.True(ended > before, "no check ran during the upgrade");
        await Eventually.HoldsAsync(
            "after the upgrade",
            "the checks have gone round once more",
            Limits.Agreement,
            () => _network.Hosts.Sum(host => StampsOf(host).Length) > ended + (2 * Services) ? null : "not yet");
        var lost = LostTime.Since(began).TotalSeconds;
        var runs = _network.Hosts.SelectMany(StampsOf).Select(line => line.Split(' '))
            .GroupBy(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        foreach (var service in runs)
        {
            double[] times = [.. service.Order()];
            var worst = times.Zip(times.Skip(1), (first, second) => second - first).Max();
            Assert.True(worst < Interval + Planned + lost, $"{service.Key} was not checked for {worst:0.0} s");
        }
    }

    private static string[] StampsOf(Host host) => host.Read("/var/tmp/stamps").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Services whose plugin writes down when it runs.</summary>
    private static async Task ConfigureAsync(Host host) => (await host.ShellAsync(
        $$"""
        set -e
        printf '#!/bin/bash\necho "$1 $EPOCHREALTIME" >>/var/tmp/stamps\necho fine\n' >/usr/local/bin/stamp
        chmod 755 /usr/local/bin/stamp
        install -m 666 /dev/null /var/tmp/stamps
        cd /opt/monitor/etc
        {
          printf 'define command {\n  command_name  stamp\n  command_line  /usr/local/bin/stamp $HOSTNAME$.$SERVICEDESC$\n}\n'
          for host in one two three four; do
            printf 'define host {\n  use  default-host\n  host_name  %s\n  address  127.0.0.1\n}\n' $host
            for number in $(seq {{Services / 4}}); do
              printf 'define service {\n  use  default-service\n  host_name  %s\n  service_description  s%s\n' $host $number
              printf '  check_interval  {{Interval}}\n  check_command  stamp\n}\n'
            done
          done
        } >objects/localhost.cfg
        sed -i 's/^interval_length=.*/interval_length=1/' naemon.cfg
        sed -i 's/check_interval .*/check_interval  60/' objects/templates.cfg
        mon restart
        """)).Expect(0);

    private static async Task AcquaintAsync(Host host, Host other)
    {
        var key = (await other.RunAsync("mon", "node", "key")).Expect(0).Output;
        await File.WriteAllTextAsync(host.File($"/opt/monitor/op5/merlin/{other.Name}.pub"), key);
        (await host.RunAsync("mon", "node", "add", other.Name, "type=peer", $"publickey={other.Name}.pub")).Expect(0);
    }

    private Task<TimeSpan> WaitUntilBothAreActiveAsync() => Eventually.HoldsAsync(
        "two peers",
        "each sees the other active",
        Limits.Agreement,
        async () =>
        {
            foreach (var host in _network.Hosts)
            {
                if (await host.RunAsync("mon", "node", "status") is { ExitCode: not 0 } status)
                {
                    return $"{host.Name}: {status}";
                }
            }

            return null;
        });
}
