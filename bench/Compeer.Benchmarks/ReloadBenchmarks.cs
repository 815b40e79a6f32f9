using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Compeer.Cluster.Model;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Benchmarks;

/// <summary>For how long a reload holds the loop: a host with its services comes or goes, everything else gets other numbers.</summary>
[MemoryDiagnoser]
public class ReloadBenchmarks : IRoundSource
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Queue<PeerInput> _inputs = [];
    private MonitoringPeer _peer = null!;
    private PeerRound _round = null!;
    private PeerConfiguration[] _configurations = [];
    private PeerChange _change = null!;
    private TimeSpan _now = TimeSpan.FromSeconds(1000);

    [Params(100_000, 1_000_000)]
    public int Services { get; set; }

    /// <inheritdoc/>
    public Instant Now => new(_now, Start + _now);

    /// <summary>A node alone, all of whose objects were checked.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var hosts = Services / GeneratedConfiguration.ServicesPerHost;
        _configurations = [Compile(hosts), Compile(hosts + 1)];
        _peer = new MonitoringPeer(_configurations[0], new ClusterOptions { Self = new NodeId(1), Incarnation = 1 });
        _round = new PeerRound(_peer);
        _inputs.Enqueue(new PeerInput.Neighbours([]));
        var result = new CheckResult(
            CheckOutcome.Exited, 0, "OK: all is well"u8.ToArray(), default, default, Start, TimeSpan.FromMilliseconds(3));
        for (var step = 0; step < 620; step++)
        {
            _now += TimeSpan.FromMilliseconds(100);
            do
            {
                foreach (var start in _round.Run(this).OfType<PeerEffect.StartCheck>())
                {
                    _inputs.Enqueue(new PeerInput.CheckCompleted(start.Check.Id, result with { Run = start.Check.Run }));
                }
            }
            while (_inputs.Count > 0);
        }
    }

    /// <inheritdoc/>
    public bool TryTake([NotNullWhen(true)] out PeerInput? input) => _inputs.TryDequeue(out input);

    [IterationSetup]
    public void PrepareChange()
    {
        var next = _peer.Configuration == _configurations[0] ? _configurations[1] : _configurations[0];
        _change = PeerChange.Prepare(_peer.Configuration, next);
        _inputs.Enqueue(new PeerInput.TakeUp(_change));
    }

    [Benchmark]
    public int TakeUp() => _round.Run(this).Count;

    private static PeerConfiguration Compile(int hosts)
    {
        (var main, var objects) = GeneratedConfiguration.Compile(hosts);
        return new PeerConfiguration(main, objects, ZoneRules.Utc, new ConfigurationVersion(hosts, $"{hosts} hosts"));
    }
}
