using System.Globalization;
using System.Text;
using Compeer.Cluster.Wire;
using Compeer.Simulation.Checking;
using Compeer.Simulation.Nodes;
using Compeer.Simulation.World;

namespace Compeer.Simulation.Scripts;

/// <summary>
/// Runs the steps of a script, one a line, and writes behind each what came of it: the lines of all logs, and at its end who owns how
/// much and how many checks each peer started. Peers are named by their numbers.
/// </summary>
internal sealed class ScriptRunner
{
    private const int Seed = 1;

    private readonly StringBuilder _said = new();
    private readonly Dictionary<string, string> _settings = new()
    {
        ["peers"] = "3",
        ["hosts"] = "6",
        ["services"] = "1",
        ["interval"] = "10",
        ["plugin"] = "0.1",
    };

    private SimulatedCluster? _cluster;
    private Dictionary<int, int> _startedBefore = [];

    private SimulatedCluster Cluster => _cluster ?? throw new ScriptException("the first step must be 'site'");

    /// <summary>Does one step and returns what is to be read about it.</summary>
    /// <exception cref="ScriptException">There is no such step, or what it expects is not so.</exception>
    public string Do(string step)
    {
        _said.Clear();
        var words = step.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            Do(words[0], words[1..]);
        }
        catch (SimulationFailedException failure)
        {
            _said.Append(CultureInfo.InvariantCulture, $"FAILED {failure.Message.Split('\n')[0]}\n");
        }

        return _said.ToString();
    }

    private void Do(string verb, string[] words)
    {
        switch (verb)
        {
            case "site":
                MakeSite(words);
                break;
            case "tree":
                MakeTree(words);
                break;
            case "neighbours":
                Peer(words[0]).SetNeighbours(words[1..].Select(Peer));
                break;
            case "start":
                Each(words, Start);
                break;
            case "stop":
                Each(words, peer => peer.Leave(TimeSpan.FromMilliseconds(500)));
                break;
            case "kill":
                Fault();
                Each(words, peer => peer.Crash(silently: false));
                break;
            case "power-off":
                Fault();
                Each(words, peer => peer.Crash(silently: true));
                break;
            case "suspend":
                Fault();
                Cluster.Checkers.Warnings.Expect(WarningChecker.Cause.Stall);
                Each(words, peer => peer.Stall());
                break;
            case "resume":
                Each(words, peer => peer.Resume());
                break;
            case "cut":
                Fault();
                Pairs(words, Cluster.Network.CutBoth);
                break;
            case "cut-one-way":
                Fault();
                Cluster.Network.Cut(Peer(words[0]), Peer(words[1]));
                break;
            case "heal":
                Fault();
                Cluster.Network.HealAll();
                break;
            case "reset":
                Fault();
                Pairs(words, Cluster.Network.Reset);
                break;
            default:
                DoMore(verb, words);
                break;
        }
    }

    private void DoMore(string verb, string[] words)
    {
        switch (verb)
        {
            case "reload":
                Each(words, peer => peer.Reload(Cluster.World.Newest));
                break;
            case "refuse":
                Each(words, peer => peer.FindsEditionsBad = true);
                break;
            case "edit":
                Cluster.World.Change(new Random(int.Parse(words[0], CultureInfo.InvariantCulture)));
                break;
            case "clock":
                Cluster.Checkers.Warnings.Expect(WarningChecker.Cause.ClockStep);
                Peer(words[0]).ClockError = Duration(words[1]);
                break;
            case "clone-key":
                Cluster.Checkers.Warnings.Expect(WarningChecker.Cause.ClonedKey);
                Peer(words[1]).Id = Peer(words[0]).Id;
                break;
            case "older-build":
                Cluster.Checkers.Warnings.Expect(WarningChecker.Cause.OtherVersion);
                Each(words, peer => (peer.Disguise, peer.IsOutcast) = (OlderHello, true));
                break;
            case "backup":
                (Peer(words[0]).Backup, Peer(words[0]).DatabaseBackup) = (Peer(words[0]).Disk, Peer(words[0]).Database);
                break;
            case "restore":
                (Peer(words[0]).Disk, Peer(words[0]).Database) = (Peer(words[0]).Backup, Peer(words[0]).DatabaseBackup);
                break;
            case "result":
                SetResults(words);
                break;
            case "plugins":
                Cluster.Durations = _ => Duration(words[0]);
                break;
            case "advance":
                Advance(Duration(words[0]));
                break;
            case "expect":
                Expect(words);
                break;
            default:
                throw new ScriptException($"there is no step '{verb}'");
        }
    }

    private void MakeSite(string[] words)
    {
        foreach (var word in words)
        {
            var parts = word.Split('=');
            if (!_settings.ContainsKey(parts[0]))
            {
                throw new ScriptException($"a site has no '{parts[0]}'");
            }

            _settings[parts[0]] = parts[1];
        }

        var world = new SimulatedWorld(Seed, Setting("hosts"), Setting("services"), TimeSpan.FromSeconds(Setting("interval")));
        _cluster = new SimulatedCluster(Seed, Setting("peers"), world) { Durations = _ => Duration(_settings["plugin"]) };
        _cluster.Peers.ForEach(peer => peer.ClockError = TimeSpan.Zero);
        _cluster.Listener = Say;
    }

    /// <summary><c>masters=2 west=1 east=2,no-takeover</c>: two masters, a poller and two peered ones. Hosts are dealt out in turn, to the
    /// groups in their order and to the masters.</summary>
    private void MakeTree(string[] words)
    {
        var world = new SimulatedWorld(Seed, Setting("hosts"), Setting("services"), TimeSpan.FromSeconds(Setting("interval")));
        var names = world.First.Configuration.Objects.Hosts.Select(host => host.Name).Order(StringComparer.Ordinal).ToArray();
        var groups = words.Skip(1).Select(word => word.Split('=', ',')).ToArray();
        var hosts = names.Index().ToDictionary(
            host => host.Item,
            host => host.Index % words.Length is var place && place < groups.Length ? new[] { groups[place][0] } : [],
            StringComparer.Ordinal);
        var root = new SimulatedGroup("", null, world.Part(hosts));
        _cluster = new SimulatedCluster(
            Seed,
            world,
            groups.Select(group => (
                new SimulatedGroup(group[0], root, world.Part(hosts.Where(host => host.Value.Contains(group[0])).ToDictionary(
                    host => host.Key, _ => Array.Empty<string>(), StringComparer.Ordinal)))
                { Takeover = !group.Contains("no-takeover") },
                int.Parse(group[1], CultureInfo.InvariantCulture)))
                .Prepend((root, int.Parse(words[0].Split('=')[1], CultureInfo.InvariantCulture))))
        {
            Durations = _ => Duration(_settings["plugin"]),
        };
        _cluster.Peers.ForEach(peer => peer.ClockError = TimeSpan.Zero);
        _cluster.Listener = Say;
    }

    /// <summary>Starts a peer. Of two with one key only the one that is started later is taken.</summary>
    private void Start(SimulatedPeer peer)
    {
        foreach (var twin in Cluster.Peers.Where(other => other != peer && other.Id == peer.Id && other.IsAlive))
        {
            twin.IsOutcast = true;
        }

        peer.Start();
    }

    private int Setting(string name) => int.Parse(_settings[name], CultureInfo.InvariantCulture);

    private void Say(string text) =>
        _said.Append(CultureInfo.InvariantCulture, $"{Cluster.Time.Now.TotalSeconds,8:0.000} {text.TrimEnd()}\n");

    private void Fault() => Cluster.Checkers.Disturbed("fault");

    private void Advance(TimeSpan time)
    {
        _startedBefore = new Dictionary<int, int>(Cluster.Checkers.StartedBy);
        Cluster.Run(time);
        foreach (var peer in Cluster.Peers)
        {
            var started = Cluster.Checkers.StartedBy.GetValueOrDefault(peer.Index) - _startedBefore.GetValueOrDefault(peer.Index);
            var state = !peer.IsAlive ? "off" : peer.IsStalled ? "suspended" : StateOf(peer);
            _said.Append(CultureInfo.InvariantCulture, $"{peer.Name}: {state}, {started} checks started\n");
        }
    }

    private static string StateOf(SimulatedPeer peer)
    {
        var view = peer.Peer.ClusterSnapshot();
        var owned = peer.Edition.Objects.Count(peer.Owns);
        return $"{view.SelfState}, owns {owned} of {peer.Edition.Objects.Count}, members {view.Members.Length}";
    }

    /// <summary>Every check of an object says this from now on.</summary>
    private void SetResults(string[] words)
    {
        var number = Cluster.World.NumberOf(words[0]) ?? throw new ScriptException($"there is no object '{words[0]}'");
        Cluster.World.Answers[number] = int.Parse(words[1], CultureInfo.InvariantCulture);
    }

    private void Expect(string[] words)
    {
        var problem = words[0] switch
        {
            "agreement" => Cluster.Checkers.AllMembersAgree() ? null : "the members do not agree",
            "one-owner" => Cluster.Checkers.EveryObjectHasOneOwner() ? null : "not every object has one owner",
            "same-states" => Cluster.Checkers.AllStatesEqual() ? null : "the states differ",
            "latest-results" => Cluster.Checkers.Results.WhyNotLatest(),
            "owns" => OwnsProblem(Peer(words[1]), words[2]),
            "state" => StateProblem(Peer(words[1]), words[2], words[3]),
            "none-early" => Cluster.Checkers.Runs.WhyEarly(),
            "no-warning" => Cluster.Checkers.Warnings.All.Count == 0 ? null : $"there was a warning: {Cluster.Checkers.Warnings.All[^1]}",
            _ => throw new ScriptException($"nothing named '{words[0]}' can be expected"),
        };
        _said.Append(problem is null ? "yes\n" : $"NO: {problem}\n");
    }

    private static string? OwnsProblem(SimulatedPeer peer, string what)
    {
        var owned = peer.Edition.Objects.Count(peer.Owns);
        var share = owned == 0 ? "nothing" : owned == peer.Edition.Objects.Count ? "everything" : "a share";
        return share == what.Replace('-', ' ') ? null : $"{peer.Name} owns {share}";
    }

    private string? StateProblem(SimulatedPeer peer, string name, string state)
    {
        var held = Cluster.World.NumberOf(name) is { } number ? peer.StateOf(number)?.State : null;
        var text = held?.ToString(CultureInfo.InvariantCulture) ?? "none";
        return text == state ? null : $"{peer.Name} holds state {text} of {name}";
    }

    private void Each(string[] names, Action<SimulatedPeer> action)
    {
        foreach (var name in names)
        {
            action(Peer(name));
        }
    }

    /// <summary><c>1-2</c> is a pair, <c>0|12</c> is everybody of one side with everybody of the other.</summary>
    private void Pairs(string[] words, Action<SimulatedNode, SimulatedNode> action)
    {
        foreach (var word in words)
        {
            var sides = word.Split('|', '-');
            foreach (var one in sides[0])
            {
                foreach (var other in sides[1])
                {
                    action(Peer(one.ToString()), Peer(other.ToString()));
                }
            }
        }
    }

    private SimulatedPeer Peer(string name) => Cluster.Peers[int.Parse(name, CultureInfo.InvariantCulture)];

    private static TimeSpan Duration(string text)
    {
        (var factor, var digits) = text[^1] switch
        {
            's' => (1.0, text[..^1]),
            'm' => (60.0, text[..^1]),
            'h' => (3600.0, text[..^1]),
            'd' => (86_400.0, text[..^1]),
            _ => (1.0, text),
        };
        return TimeSpan.FromSeconds(factor * double.Parse(digits, CultureInfo.InvariantCulture));
    }

    /// <summary>The greeting of a build from before the first release.</summary>
    private static ReadOnlyMemory<byte> OlderHello(ReadOnlyMemory<byte> frame) =>
        FrameReader.Read(frame, int.MaxValue, out _) is LinkFrame.Hello hello
            ? FrameCodec.Encode(hello with { MinVersion = 0, MaxVersion = 0, SoftwareVersion = "older" }).ToArray()
            : frame;
}
