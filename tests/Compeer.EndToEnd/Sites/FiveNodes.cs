using Compeer.EndToEnd.Harness;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Sites;

/// <summary>
/// The network of Merlin's HOWTO: two masters (yoda, obi1), a poller alone (solo) and two peered pollers (luke, leya), on hosts that have
/// the programs and a main configuration; yoda has a site to monitor.
/// </summary>
/// <param name="network">The hosts.</param>
internal sealed class FiveNodes(HostNetwork network)
{
    /// <summary>Between two checks of anything.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    /// <summary>What the host groups of solo have.</summary>
    public static readonly string[] Hyperdrive = ["falcon", "engine"];

    /// <summary>What those of luke and leya have.</summary>
    public static readonly string[] Theforce = ["xwing", "dagobah", "hut", "sandcrawler"];

    /// <summary>What no poller has.</summary>
    public static readonly string[] Masters = ["deathstar", "endor"];

    private const int LinesOfLog = 40;
    private const string Records = "/var/tmp/runs";
    private const string Told = "/var/tmp/told";
    private const string Broken = "/var/tmp/broken";

    private static readonly string[] Names = ["yoda", "obi1", "solo", "luke", "leya"];

    public Host Yoda => network["yoda"];

    public Host Obi1 => network["obi1"];

    public Host Solo => network["solo"];

    public Host Luke => network["luke"];

    public Host Leya => network["leya"];

    /// <summary>Makes the hosts.</summary>
    public static async Task<FiveNodes> MakeAsync(TestFolder folder, Func<HostNetwork, HostNetwork> own)
    {
        var network = own(await HostNetwork.StartAsync(folder, Names));
        await Task.WhenAll(network.Hosts.Select(async host =>
        {
            await host.InstallAsync();
            await InstallPluginsAsync(host);
            (await host.ShellAsync(
                """
                set -e
                getent group apache >/dev/null || groupadd --system apache
                cd /opt/monitor/etc
                printf '%s\n' log_file=/opt/monitor/var/nagios.log cfg_file=/opt/monitor/etc/sample.cfg interval_length=1 >nagios.cfg
                printf 'define command {\n  command_name  fine\n  command_line  /bin/true\n}\n' >sample.cfg
                chown monitor: *
                """)).Expect(0);
        }));
        return new FiveNodes(network);
    }

    /// <summary>What of these hosts is checked: they and their services.</summary>
    public static IEnumerable<string> ObjectsOf(IEnumerable<string> hosts) =>
        hosts.SelectMany(host => (string[])[ObjectName.Of(host), ObjectName.Of(host, "s")]);

    /// <summary>Gives yoda the site, in the folder that the HOWTO makes on the others, too.</summary>
    public async Task WriteSiteAsync() => (await Yoda.ShellAsync(
        $$"""
        set -e
        cd /opt/monitor/etc
        sed -i -e /^cfg_file=/d -e /^log_file=/acfg_dir=/opt/monitor/etc/oconf nagios.cfg
        mkdir -p oconf
        {
          printf 'define command {\n  command_name  record\n  command_line  /usr/local/bin/record $HOSTNAME$: $HOSTLATENCY$\n}\n'
          printf 'define command {\n  command_name  record-service\n'
          printf '  command_line  /usr/local/bin/record $HOSTNAME$:$SERVICEDESC$ $SERVICELATENCY$\n}\n'
          printf 'define command {\n  command_name  tell\n'
          printf '  command_line  /usr/local/bin/tell $HOSTNAME$:$SERVICEDESC$=$NOTIFICATIONTYPE$\n}\n'
          printf 'define contact {\n  contact_name  ops\n  host_notification_commands  tell\n  service_notification_commands  tell\n'
          printf '  host_notification_options  d,u,r\n  service_notification_options  w,u,c,r\n}\n'
          printf 'define hostgroup {\n  hostgroup_name  %s\n}\n' hyperdrive theforce tattoine
          for host in {{string.Join(' ', [.. Hyperdrive, .. Theforce, .. Masters])}}; do
            case $host in
              falcon | engine) group=hyperdrive ;;
              xwing | dagobah) group=theforce ;;
              hut | sandcrawler) group=tattoine ;;
              *) group= ;;
            esac
            printf 'define host {\n  host_name  %s\n  address  127.0.0.1\n  check_command  record\n' $host
            printf '  check_interval  {{Interval.TotalSeconds}}\n  retry_interval  4\n  max_check_attempts  3\n  contacts  ops\n'
            if [[ $group ]]; then printf '  hostgroups  %s\n' $group; fi
            printf '}\ndefine service {\n  host_name  %s\n  service_description  s\n  check_command  record-service\n' $host
            printf '  check_interval  {{Interval.TotalSeconds}}\n  retry_interval  4\n  max_check_attempts  1\n  contacts  ops\n'
            printf '  flap_detection_enabled  0\n  notification_interval  0\n}\n'
          done
        } >oconf/site.cfg
        chown -R monitor: oconf
        """)).Expect(0);

    /// <summary>All runs so far, on all hosts, in the order of their starts.</summary>
    public IReadOnlyList<PluginRun> Runs() => Read(Records);

    /// <summary>All notifications so far, of an object and a type: <c>xwing:s=PROBLEM</c>.</summary>
    public IReadOnlyList<PluginRun> Notifications() => Read(Told);

    /// <summary>The last lines of a node's log, without its alerts.</summary>
    public static string LogOf(Host host) => string.Join('\n', host.Read("/opt/monitor/var/nagios.log").Split('\n')
        .Where(line => !line.Contains(" ALERT: ", StringComparison.Ordinal)).TakeLast(LinesOfLog));

    /// <summary>From now on all services are critical, wherever they are checked, or fine again.</summary>
    public void BreakServices(bool areBroken)
    {
        foreach (var file in network.Hosts.Select(host => host.File(Broken)))
        {
            if (areBroken)
            {
                File.WriteAllText(file, "");
            }
            else
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Takes the cables of nodes out, so that each is alone.</summary>
    public Task CutAsync(IEnumerable<Host> hosts) => Task.WhenAll(hosts.Select(network.CutAsync));

    /// <summary>Puts them back.</summary>
    public Task HealAsync(IEnumerable<Host> hosts) => Task.WhenAll(hosts.Select(network.HealAsync));

    /// <summary>Kills a node's daemon.</summary>
    public static async Task KillAsync(Host host) => (await host.ShellAsync("kill -9 $(cat /opt/monitor/var/mond.pid)")).Expect(0);

    /// <summary>Waits until everything of these hosts was checked again, and by none but these nodes.</summary>
    public async Task AreCheckedOnlyAtAsync(string phase, string[] hosts, params Host[] nodes)
    {
        var window = 1.5 * Interval;
        string[] objects = [.. ObjectsOf(hosts)];
        await Eventually.HoldsAsync(
            phase,
            $"{string.Join(", ", hosts)} are checked by {string.Join(", ", nodes.Select(node => node.Name))} and no others",
            Limits.Agreement,
            () =>
            {
                var last = Runs().Where(run => run.StartedAt > TracedPlugin.Now - window).ToLookup(run => run.Object);
                return objects.FirstOrDefault(name => !last[name].Any()) is { } missing ? $"{missing} is not"
                    : objects.SelectMany(name => last[name]).FirstOrDefault(run => nodes.All(node => node.Name != run.Node)) is { } other
                        ? other.ToString()
                        : null;
            });
    }

    /// <summary>Waits until everything of these hosts was checked at these nodes, each of which has a part in it.</summary>
    public async Task AreCheckedAtAsync(string phase, string[] hosts, params Host[] nodes)
    {
        var from = TracedPlugin.Now;
        string[] objects = [.. ObjectsOf(hosts)];
        await Eventually.HoldsAsync(
            phase,
            $"{string.Join(", ", hosts)} are checked by {string.Join(" and ", nodes.Select(node => node.Name))}",
            Limits.Agreement,
            () =>
            {
                var runs = Runs().Where(run => run.StartedAt > from && nodes.Any(node => node.Name == run.Node)).ToList();
                return objects.Except(runs.Select(run => run.Object)).FirstOrDefault() is { } missing ? $"{missing} is not"
                    : nodes.FirstOrDefault(node => !runs.Exists(run => run.Node == node.Name && objects.Contains(run.Object))) is { } idle
                        ? $"{idle.Name} checks none of it"
                        : null;
            });
    }

    /// <summary>What checks and what notifies: both write down each of their runs.</summary>
    private static async Task InstallPluginsAsync(Host host) => (await host.ShellAsync(
        $$"""
        set -e
        cat >/usr/local/bin/record <<'END'
        #!/bin/bash
        now=$EPOCHREALTIME
        read -r up _ </proc/uptime
        read -r -a stat <"/proc/$$/stat"
        printf '%s %s %s %s\n' "${now/./}" "$HOSTNAME" "$1" "began-${stat[21]}-of-${up/./},run-before-late-by-$2" >>{{Records}}
        if [[ $1 == *:?* && -e {{Broken}} ]]; then echo broken; exit 2; fi
        echo fine
        END
        cat >/usr/local/bin/tell <<'END'
        #!/bin/bash
        now=$EPOCHREALTIME
        printf '%s %s %s\n' "${now/./}" "$HOSTNAME" "$1" >>{{Told}}
        END
        chmod 755 /usr/local/bin/record /usr/local/bin/tell
        install -m 666 /dev/null {{Records}}
        install -m 666 /dev/null {{Told}}
        """)).Expect(0);

    private IReadOnlyList<PluginRun> Read(string file) =>
        PluginRun.Read(network.Hosts.SelectMany(host => File.ReadAllLines(host.File(file))));
}
