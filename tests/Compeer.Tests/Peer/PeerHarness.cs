using System.Diagnostics.CodeAnalysis;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>One whole peer, driven round by round, with a test that plays everything around it.</summary>
internal sealed class PeerHarness : IRoundSource
{
    public static readonly NodeId Self = new(10);
    public static readonly NodeId Other = new(20);
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Queue<PeerInput> _inputs = [];
    private readonly PeerRound _round;

    public PeerHarness(int hosts)
        : this(Configuration(hosts, version: 1))
    {
    }

    public PeerHarness(PeerConfiguration configuration, bool keepsValues = false)
    {
        Peer = new MonitoringPeer(
            configuration,
            new ClusterOptions { Self = Self, Incarnation = 1_000, SoftwareVersion = "test", KeepsValues = keepsValues });
        _round = new PeerRound(Peer);
    }

    public MonitoringPeer Peer { get; }

    public TimeSpan Time { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long taking one input lasts.</summary>
    public TimeSpan TimePerInput { get; set; }

    public Instant Now => new(Time, Start + Time);

    public int Waiting => _inputs.Count;

    public TimeSpan Wait => _round.WaitFrom(Now);

    public static PeerConfiguration Configuration(int hosts, int version, string more = "")
    {
        var mainFile = new SourceFile(
            "/t/naemon.cfg", "cfg_file=/t/o.cfg\ninterval_length=1\n"u8.ToArray());
        var main = MainConfigurationReader.Read(mainFile, []).Configuration!;
        var text = new StringBuilder("define command {\n command_name probe\n command_line /bin/true\n}\n");
        for (var host = 0; host < hosts; host++)
        {
            text.Append(
                $"define host {{\n host_name h{host}\n check_command probe\n check_interval 10\n max_check_attempts 3\n}}\n");
        }

        text.Append(more);
        var file = new SourceFile("/t/o.cfg", Encoding.UTF8.GetBytes(text.ToString()));
        var objects = ObjectConfigurationCompiler.Compile(main, [file], []).Configuration!;
        return new PeerConfiguration(main, objects, ZoneRules.Utc, new ConfigurationVersion(version, $"version {version}"));
    }

    /// <summary>A peer without neighbours, which owns everything.</summary>
    public static PeerHarness Alone(int hosts, bool keepsValues = false)
    {
        var harness = new PeerHarness(Configuration(hosts, version: 1), keepsValues);
        harness.Run(new PeerInput.Neighbours([]));
        return harness;
    }

    public bool TryTake([NotNullWhen(true)] out PeerInput? input)
    {
        Time += TimePerInput;
        return _inputs.TryDequeue(out input);
    }

    /// <summary>One round with these inputs, and what still waited.</summary>
    public IReadOnlyList<PeerEffect> Run(params IEnumerable<PeerInput> inputs)
    {
        foreach (var input in inputs)
        {
            _inputs.Enqueue(input);
        }

        return [.. _round.Run(this)];
    }

    /// <summary>Lets time pass, round by round, until one asks for a check.</summary>
    public PeerEffect.StartCheck FirstCheck()
    {
        for (var round = 0; round < 1000; round++)
        {
            Time += Wait;
            if (Run().OfType<PeerEffect.StartCheck>().FirstOrDefault() is { } start)
            {
                return start;
            }
        }

        throw new InvalidOperationException("no check is started");
    }

    public PeerInput.CheckCompleted ResultOf(PeerEffect.StartCheck start) => new(
        start.Check.Id,
        new CheckResult(CheckOutcome.Exited, 2, "down"u8.ToArray(), default, default, Now.Wall, TimeSpan.Zero) { Run = start.Check.Run });
}
