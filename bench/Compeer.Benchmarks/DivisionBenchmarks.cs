using System.Text;
using BenchmarkDotNet.Attributes;
using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Benchmarks;

/// <summary>Dividing objects among peers: once at start, then whenever one comes or goes.</summary>
[MemoryDiagnoser]
public class DivisionBenchmarks
{
    private const int ServicesPerHost = 10;

    private DivisionUnits _units = null!;
    private NodeId[] _peers = [];

    [Params(100_000, 1_000_000)]
    public int Services { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var hosts = Services / ServicesPerHost;
        var keys = new List<ReadOnlyMemory<byte>>(hosts + Services);
        var groups = new List<int>(hosts + Services);
        for (var host = 0; host < hosts; host++)
        {
            keys.Add(Encoding.UTF8.GetBytes($"host{host}"));
            groups.Add(host);
        }

        for (var service = 0; service < Services; service++)
        {
            keys.Add(Encoding.UTF8.GetBytes($"host{service / ServicesPerHost}\nsvc{service % ServicesPerHost}"));
            groups.Add(service / ServicesPerHost);
        }

        _units = DivisionUnits.Create(keys, groups, [.. Enumerable.Repeat(1.0, keys.Count)]);
        _peers = [.. Enumerable.Range(1, 5).Select(i => new NodeId((UInt128)i << 100 | (uint)i))];
    }

    [Benchmark]
    public short[] FivePeers() => LoadDivision.Divide(_units, _peers, _peers);

    [Benchmark]
    public short[] FourOfFivePeers() => LoadDivision.Divide(_units, _peers, _peers[..4]);
}
