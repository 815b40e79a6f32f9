using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation;

/// <summary>A cluster of bare cluster machines with test values, on the same clock and network as whole peers.</summary>
internal sealed class MachineSite : SimulatedSite
{
    public MachineSite(int seed, int machines, int objects)
        : base(seed)
    {
        Objects = new PreparedObjects(new ClusterObjects(
            new ConfigurationVersion(1, "one"),
            [.. Enumerable.Range(0, objects).Select(index => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes($"object {index}"))],
            [.. Enumerable.Range(0, objects).Select(index => index - (index % 4))],
            [.. Enumerable.Repeat(1.0, objects)])
        {
            LongestCheck = TimeSpan.FromSeconds(60),
        });
        Machines = [.. Enumerable.Range(0, machines).Select(index => new SimulatedMachine(this, index))];
        Network.Nodes.AddRange(Machines);
        Machines.ForEach(machine => machine.SetNeighbours(Machines));
    }

    public PreparedObjects Objects { get; }

    public List<SimulatedMachine> Machines { get; }

    public IEnumerable<SimulatedMachine> Running => Machines.Where(machine => machine.IsRunning);

    /// <summary>A line of machines, each of which knows the one before and the one behind it.</summary>
    public static MachineSite Line(int seed, int machines, int objects)
    {
        var site = new MachineSite(seed, machines, objects);
        foreach (var machine in site.Machines)
        {
            machine.SetNeighbours(site.Machines.Where(other => Math.Abs(other.Index - machine.Index) == 1));
        }

        return site;
    }

    public void Start()
    {
        Machines.ForEach(machine => machine.Start());
        RunUntil(IsSettled, TimeSpan.FromSeconds(20), "every object is held once");
    }

    public void Run(TimeSpan time) => Time.RunUntil(Time.Now + time);

    public void RunUntil(Func<bool> reached, TimeSpan limit, string what)
    {
        var end = Time.Now + limit;
        while (!reached())
        {
            if (Time.Now >= end)
            {
                throw new SimulationFailedException(this, $"not within {limit.TotalSeconds} s: {what}");
            }

            Run(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>All that run are members of one cluster, and hold every object exactly once.</summary>
    public bool IsSettled() => Running.All(machine => machine.Machine.Snapshot().Members.Length == Running.Count())
        && Running.SelectMany(machine => machine.Held).Order().SequenceEqual(Enumerable.Range(0, Objects.Keys.Count));

    /// <summary>All that run have the same values.</summary>
    public bool HaveEqualValues() => WhyNotEqualValues() is null;

    /// <summary>Null, or which value two that run have differently.</summary>
    public string? WhyNotEqualValues()
    {
        var first = Running.First();
        foreach (var machine in Running.Skip(1))
        {
            for (var index = 0; index < Objects.Keys.Count; index++)
            {
                if (!(machine.Values[index] ?? []).AsSpan().SequenceEqual(first.Values[index] ?? []))
                {
                    return $"object {index} is '{Text(first, index)}' at {first.Name}, '{Text(machine, index)}' at {machine.Name}";
                }
            }
        }

        return null;
    }

    private static string Text(SimulatedMachine machine, int index) => Encoding.UTF8.GetString(machine.Values[index] ?? []);
}
