using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>What is monitored: hosts with services, all checked by a plugin that writes down, on whichever host it runs, each of its
/// runs.</summary>
/// <param name="network">The hosts that monitor.</param>
internal sealed class RecordedSite(HostNetwork network)
{
    /// <summary>Hosts in it; a number that three and two peers can share equally.</summary>
    public const int Hosts = 12;

    /// <summary>Services in it.</summary>
    public const int Services = 2 * Hosts;

    /// <summary>Between two checks of anything.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private const string Folder = "/opt/monitor/etc/objects/site";
    private const string Records = "/var/tmp/runs";

    /// <summary>All objects, see <see cref="ObjectName"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enumerable.Range(1, Hosts).Select(NameOf)
            .SelectMany(host => (string[])[ObjectName.Of(host), ObjectName.Of(host, "s1"), ObjectName.Of(host, "s2")]),
    ];

    /// <summary>Installs the plugin.</summary>
    public static async Task InstallPluginAsync(Host host) => (await host.ShellAsync(
        $$"""
        set -e
        printf '#!/bin/bash\nnow=$EPOCHREALTIME\nprintf "%%s %%s %%s\\n" "${now/./}" "$HOSTNAME" "$1" >>{{Records}}\necho fine\n' \
          >/usr/local/bin/record
        chmod 755 /usr/local/bin/record
        install -m 666 /dev/null {{Records}}
        """)).Expect(0);

    /// <summary>Puts the site in the place of the package's sample, a file for each of its hosts; nothing takes it up yet.</summary>
    public static async Task WriteAsync(Host host) => (await host.ShellAsync(
        $$"""
        set -e
        cd /opt/monitor/etc
        rm objects/localhost.cfg
        mkdir {{Folder}}
        {
          printf 'define command {\n  command_name  record-host\n  command_line  /usr/local/bin/record $HOSTNAME$:\n}\n'
          printf 'define command {\n  command_name  record\n  command_line  /usr/local/bin/record $HOSTNAME$:$SERVICEDESC$\n}\n'
        } >{{Folder}}/commands.cfg
        for host in $(seq -f h%02g {{Hosts}}); do
          {
            printf 'define host {\n  use  default-host\n  host_name  %s\n  address  127.0.0.1\n' $host
            printf '  check_command  record-host\n  check_interval  {{Interval.TotalSeconds}}\n  retry_interval  4\n}\n'
            for service in s1 s2; do
              printf 'define service {\n  use  default-service\n  host_name  %s\n  service_description  %s\n' $host $service
              printf '  check_command  record\n  check_interval  {{Interval.TotalSeconds}}\n}\n'
            done
          } >{{Folder}}/$host.cfg
        done
        sed -i 's/^interval_length=.*/interval_length=1/' naemon.cfg
        chown -R --reference=. {{Folder}}
        """)).Expect(0);

    /// <summary>All runs so far, on all hosts, in the order of their starts.</summary>
    public IReadOnlyList<PluginRun> Runs() =>
        PluginRun.Read(network.Hosts.SelectMany(host => File.ReadAllLines(host.File(Records))));

    /// <summary>Waits until everything was checked again, on any host or on one of these.</summary>
    public async Task HasGoneRoundAsync(string phase, params Host[] hosts)
    {
        var from = TracedPlugin.Now;
        await Eventually.HoldsAsync(
            phase,
            "everything is checked",
            Interval + Limits.Moment,
            () => Runs().Where(run => run.StartedAt > from && (hosts.Length == 0 || hosts.Any(host => host.Name == run.Node)))
                .Select(run => run.Object).ToHashSet() is var seen
                && Names.Except(seen).FirstOrDefault() is { } missing
                    ? $"{missing} is not"
                    : null);
    }

    private static string NameOf(int number) => $"h{number:00}";
}
