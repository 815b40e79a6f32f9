using Compeer.Peer;

namespace Compeer.Simulation.World;

/// <summary>One configuration of a <see cref="SimulatedWorld"/>. Its indexes are its own; a world knows an object by a number
/// that is the same in all of them.</summary>
internal sealed class SimulatedEdition
{
    private readonly int[] _numbers;
    private readonly Dictionary<int, int> _indexes;

    /// <param name="number">Later editions have higher numbers.</param>
    /// <param name="configuration">The same for all peers that run it.</param>
    /// <param name="numbers">Per index the world's number of the object.</param>
    public SimulatedEdition(int number, PeerConfiguration configuration, int[] numbers)
    {
        Number = number;
        Configuration = configuration;
        _numbers = numbers;
        _indexes = numbers.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
    }

    public int Number { get; }

    public PeerConfiguration Configuration { get; }

    /// <summary>The world's numbers of all its objects.</summary>
    public IReadOnlyList<int> Objects => _numbers;

    public bool Has(int number) => _indexes.ContainsKey(number);

    public int NumberOf(int index) => _numbers[index];

    /// <summary>The check_interval of an object that it has.</summary>
    public TimeSpan IntervalOf(int number)
    {
        var objects = Configuration.Objects;
        var index = IndexOf(number);
        return index < objects.Hosts.Length
            ? objects.Hosts[index].Checking.CheckInterval
            : objects.Services[index - objects.Hosts.Length].Checking.CheckInterval;
    }

    /// <summary>The index of an object; -1 when it is not in this edition.</summary>
    public int IndexOf(int number) => _indexes.GetValueOrDefault(number, -1);
}
