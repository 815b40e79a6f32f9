using BenchmarkDotNet.Attributes;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Benchmarks;

/// <summary>For how long a reload holds the loop: a host with its services comes or goes, everything else gets other numbers.</summary>
[MemoryDiagnoser]
public class ReloadBenchmarks
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private MonitoringPeer _peer = null!;
    private PeerConfiguration[] _configurations = [];
    private PeerChange _change = null!;
    private TimeSpan _now = TimeSpan.FromSeconds(1000);

    [Params(100_000, 1_000_000)]
    public int Services { get; set; }

    private Instant Now => new(_now, Start + _now);

    /// <summary>A node alone, all of whose objects were checked.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var hosts = Services / GeneratedConfiguration.ServicesPerHost;
        _configurations = [Compile(hosts), Compile(hosts + 1)];
        _peer = new MonitoringPeer(_configurations[0], new ClusterOptions { Self = new NodeId(1), Incarnation = 1 });
        _peer.SetNeighbours(Now, []);
        var result = new CheckResult(
            CheckOutcome.Exited, 0, "OK: all is well"u8.ToArray(), default, default, Start, TimeSpan.FromMilliseconds(3));
        for (var step = 0; step < 620; step++)
        {
            _now += TimeSpan.FromMilliseconds(100);
            _peer.Advance(Now);
            CheckToRun[] checks = [.. _peer.Effects.Checks];
            foreach (var check in checks)
            {
                _peer.CheckCompleted(Now, check.Id, result with { Run = check.Run });
            }

            _peer.Effects.Clear();
        }
    }

    [IterationSetup]
    public void PrepareChange()
    {
        var next = _peer.Configuration == _configurations[0] ? _configurations[1] : _configurations[0];
        _change = PeerChange.Prepare(_peer.Configuration, next);
        _peer.Effects.Clear();
    }

    [Benchmark]
    public void TakeUp() => _peer.TakeUp(Now, _change);

    private static PeerConfiguration Compile(int hosts)
    {
        (var main, var objects) = GeneratedConfiguration.Compile(hosts);
        return new PeerConfiguration(main, objects, TimeZoneInfo.Utc, new ConfigurationVersion(hosts, $"{hosts} hosts"));
    }
}
