using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Simulation.World;

/// <summary>
/// What is watched: real configurations, compiled from text, one after the other, and the "plugins", whose answer depends on
/// the object and the time only, so that any two peers that look at the same moment see the same.
/// </summary>
internal sealed class SimulatedWorld
{
    /// <summary>Hosts that the first edition does not have; their names come before and after all others.</summary>
    private static readonly string[] LaterHosts = ["a0", "a1", "a2", "z0", "z1"];

    /// <summary>How long a simulated problem or a simulated calm lasts.</summary>
    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(17);

    private const string Contact = """
        define timeperiod {
          timeperiod_name always
          alias always
          sunday 00:00-24:00
          monday 00:00-24:00
          tuesday 00:00-24:00
          wednesday 00:00-24:00
          thursday 00:00-24:00
          friday 00:00-24:00
          saturday 00:00-24:00
        }
        define contact {
          contact_name operator
          host_notification_period always
          service_notification_period always
          host_notification_options d,u,r
          service_notification_options w,u,c,r
          host_notification_commands probe
          service_notification_commands probe
        }

        """;

    private readonly int _seed;
    private readonly int _servicesPerHost;
    private readonly bool _withParents;
    private readonly bool _withContacts;
    private readonly List<string> _hosts;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly Dictionary<PeerConfiguration, SimulatedEdition> _editions = [];

    /// <summary>A world whose first edition is compiled.</summary>
    /// <param name="seed">Decides what plugins say.</param>
    /// <param name="hosts">Hosts of the first edition.</param>
    /// <param name="servicesPerHost">Services of each host.</param>
    /// <param name="interval">The interval of all checks at first.</param>
    /// <param name="withParents">Whether hosts are behind others: what happens to one makes checks of others interesting.</param>
    /// <param name="withContacts">Whether there is somebody who wants to be told of all.</param>
    public SimulatedWorld(
        int seed, int hosts, int servicesPerHost, TimeSpan interval, bool withParents = false, bool withContacts = false)
    {
        _withParents = withParents;
        _withContacts = withContacts;
        _seed = seed;
        _servicesPerHost = servicesPerHost;
        Interval = interval;
        _hosts = [.. Enumerable.Range(0, hosts).Select(host => $"h{host}")];
        var usual = Settings(interval, attempts: 3);
        First = Newest = Compile(Objects(_hosts, _ => true, () => usual));
        _hosts.AddRange(LaterHosts);
    }

    /// <summary>The longest interval of any edition.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Whether there is somebody who wants to be told of all.</summary>
    public bool HasContacts => _withContacts;

    /// <summary>Objects of all editions.</summary>
    public int Count => _names.Count;

    public SimulatedEdition First { get; }

    public SimulatedEdition Newest { get; private set; }

    public SimulatedEdition EditionOf(PeerConfiguration configuration) => _editions[configuration];

    /// <summary>The edition whose content has a hash; null when there is none.</summary>
    public SimulatedEdition? EditionOf(string hash) =>
        _editions.Values.FirstOrDefault(edition => edition.Configuration.Version.Hash == hash);

    /// <summary>What plugins say of these objects instead of what chance has them say.</summary>
    public Dictionary<int, int> Answers { get; } = [];

    public string NameOf(int number) => _names[number];

    public int? NumberOf(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    /// <summary>The part of the first configuration that has some of its hosts, in host groups.</summary>
    /// <param name="hosts">Per host the groups that it is in.</param>
    public SimulatedEdition Part(IReadOnlyDictionary<string, string[]> hosts)
    {
        var usual = Settings(Interval, attempts: 3);
        string[] names = [.. _hosts.Where(hosts.ContainsKey)];
        var groups = hosts.SelectMany(host => host.Value).Distinct().Order(StringComparer.Ordinal).Select(group =>
            $"define hostgroup {{\n hostgroup_name {group}\n members "
            + $"{string.Join(',', names.Where(host => hosts[host].Contains(group)))}\n}}\n");
        return Compile(Objects(names, _ => true, () => usual).Concat(groups));
    }

    /// <summary>Another configuration: hosts and services come and go, and come back; some are checked otherwise.</summary>
    public SimulatedEdition Change(Random random)
    {
        // Not much shorter: clocks that differ by up to 3 s make a new owner check so much earlier, and half an interval is
        // what counts as twice.
        string Checking() => Settings(
            random.Next(10) < 7 ? Interval : Interval * 0.9, random.Next(10) < 6 ? 3 : random.Next(1, 6));
        string[] chosen = [.. _hosts.Where(host => random.Next(10) < (LaterHosts.Contains(host) ? 4 : 8))];
        return Newest = Compile(Objects(chosen.Length == 0 ? [_hosts[0]] : chosen, _ => random.Next(10) < 8, Checking));
    }

    /// <summary>What a plugin that starts now will say.</summary>
    public CheckResult Check(int number, TimeSpan started, DateTimeOffset wall, TimeSpan duration)
    {
        var epoch = started.Ticks / Epoch.Ticks;
        var dice = StableDice.Throw(_seed, number, epoch) % 10;
        var code = Answers.TryGetValue(number, out var answer) ? answer : dice switch { 0 => 1, 1 => 2, _ => 0 };
        var output = Encoding.UTF8.GetBytes($"answer {code} in epoch {epoch}");
        return new CheckResult(CheckOutcome.Exited, code, output, default, default, wall, duration);
    }

    private static string Settings(TimeSpan interval, int attempts) =>
        $" check_command probe\n check_interval {interval.TotalSeconds:0}\n"
        + $" retry_interval {interval.TotalSeconds:0}\n max_check_attempts {attempts}\n";

    private string Telling() => _withContacts ? " contacts operator\n notification_interval 0\n notification_period always\n" : "";

    private IEnumerable<string> Objects(IReadOnlyList<string> hosts, Func<int, bool> has, Func<string> checking)
    {
        foreach (var (index, host) in hosts.Index())
        {
            var parents = _withParents && index > 0 ? $" parents {hosts[index / 2]}\n" : "";
            yield return $"define host {{\n host_name {host}\n address 127.0.0.1\n{parents}{Telling()}{checking()}}}\n";
            foreach (var service in Enumerable.Range(0, _servicesPerHost).Where(has))
            {
                yield return $"define service {{\n host_name {host}\n service_description s{service}\n{Telling()}{checking()}}}\n";
            }
        }
    }

    private SimulatedEdition Compile(IEnumerable<string> objects)
    {
        var mainFile = new SourceFile("/sim/naemon.cfg", Encoding.UTF8.GetBytes("cfg_file=/sim/objects.cfg\ninterval_length=1\n"));
        var main = MainConfigurationReader.Read(mainFile, []).Configuration
            ?? throw new InvalidOperationException("the simulated main configuration is refused");
        var text = "define command {\n command_name probe\n command_line /bin/true\n}\n"
            + (_withContacts ? Contact : "") + string.Concat(objects);
        var compiled = ObjectConfigurationCompiler.Compile(
            main, [new SourceFile("/sim/objects.cfg", Encoding.UTF8.GetBytes(text))], []);
        var configuration = compiled.Configuration
            ?? throw new InvalidOperationException(string.Join('\n', compiled.Diagnostics));
        var number = _editions.Count + 1;
        var edition = new SimulatedEdition(
            number,
            new PeerConfiguration(main, configuration, ZoneRules.Utc, new ConfigurationVersion(number, $"e{number:x7}".PadRight(64, '0'))),
            [.. Names(configuration).Select(Number)]);
        _editions.Add(edition.Configuration, edition);
        return edition;
    }

    private static IEnumerable<string> Names(ObjectConfiguration objects) => objects.Hosts.Select(host => host.Name)
        .Concat(objects.Services.Select((ServiceDefinition service) => $"{service.Host.Name};{service.Description}"));

    /// <summary>Numbers in the order in which objects first come up, so that those of the first edition are its indexes.</summary>
    private int Number(string name)
    {
        if (!_numbers.TryGetValue(name, out var number))
        {
            number = _names.Count;
            _names.Add(name);
            _numbers.Add(name, number);
        }

        return number;
    }
}
