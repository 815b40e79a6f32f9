using System.Globalization;
using System.Text;
using Compeer.Cluster.Division;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Division;

/// <summary>A configuration to divide: hosts, each with the weights of the host check and its services.</summary>
internal sealed class DivisionExample
{
    public DivisionExample(string name, IEnumerable<double[]> hosts)
    {
        Name = name;
        foreach (var host in hosts)
        {
            var head = Keys.Count;
            for (var i = 0; i < host.Length; i++)
            {
                var key = i == 0 ? $"host{Hosts}" : $"host{Hosts};service{i}";
                Keys.Add(Encoding.UTF8.GetBytes(key));
                Groups.Add(head);
                Weights.Add(host[i]);
            }

            Hosts++;
        }

        Units = DivisionUnits.Create(Keys, Groups, Weights);
    }

    public string Name { get; }

    public int Hosts { get; }

    public List<ReadOnlyMemory<byte>> Keys { get; } = [];

    public List<int> Groups { get; } = [];

    public List<double> Weights { get; } = [];

    public DivisionUnits Units { get; }

    /// <summary>The same hosts each time: all alike.</summary>
    public static DivisionExample Uniform(int hosts, int services, double weight) =>
        new($"{hosts} hosts with {services} services",
            Enumerable.Range(0, hosts).Select(_ => Enumerable.Repeat(weight, services + 1).ToArray()));

    /// <summary>Hosts of very different sizes, a few of them heavy, a few passive; by the seed.</summary>
    public static DivisionExample Random(int seed)
    {
        var random = new Random(seed);
        double[] perMinute = [0, 0.001, 0.0166, 0.2, 1, 1, 1, 12, 60];
        var one = random.Next(3) == 0 ? 1.0 : (double?)null;
        return new DivisionExample(
            $"seed {seed}",
            Enumerable.Range(0, random.Next(1, 120)).Select(_ =>
            {
                var services = random.Next(10) == 0 ? random.Next(200) : random.Next(12);
                var passive = random.Next(15) == 0;
                return Enumerable.Range(0, services + 1)
                    .Select(_ => passive ? 0 : one ?? perMinute[random.Next(perMinute.Length)]).ToArray();
            }));
    }

    /// <summary>Node ids that are the same in each run and not in the order of their numbers.</summary>
    public static NodeId[] Nodes(int count, int seed = 0) =>
        Enumerable.Range(1, count)
            .Select(number => new NodeId(new UInt128(
                StableHash.Mix((ulong)(number + (1000 * seed))), StableHash.Mix((ulong)(number + (1000 * seed) + 500)))))
            .ToArray();

    /// <summary>Per object the node that owns it.</summary>
    public NodeId[] Owners(IReadOnlyList<NodeId> configured, IReadOnlyList<NodeId> active) =>
        [.. LoadDivision.Divide(Units, configured, active).Select(index => active[index])];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}, {Keys.Count} objects");
}
