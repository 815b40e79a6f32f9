using System.Globalization;
using Compeer.Simulation.Checking;
using Compeer.Simulation.Network;
using Compeer.Simulation.World;

namespace Compeer.Simulation;

/// <summary>What all of one simulation share, whatever their nodes are: one clock, one network, one seed, one trace.</summary>
internal class SimulatedSite
{
    private const int TraceLimit = 600;

    /// <summary>The first byte of a request's frame: its number in the schema.</summary>
    private const byte RequestTag = (8 << 3) | 2;

    private readonly Queue<string> _trace = [];

    public SimulatedSite(int seed)
    {
        Seed = seed;
        Random = new Random(seed);
        Time = new SimulatedTime();
        Network = new SimulatedNetwork(Time, new Random(seed + 1));
    }

    public static DateTimeOffset Origin { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int Seed { get; }

    public Random Random { get; }

    public SimulatedTime Time { get; }

    public SimulatedNetwork Network { get; }

    /// <summary>What the harness does wrong, on purpose.</summary>
    public PlantedFault Planted { get; set; }

    /// <summary>Told of every line of the trace.</summary>
    public Action<string>? Listener { get; set; }

    /// <summary>The last things that happened, for a failure's message.</summary>
    public string TraceText => string.Join('\n', _trace);

    public void Trace(string text)
    {
        Listener?.Invoke(text);
        _trace.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Time.Now.TotalSeconds,9:0.000} {text}"));
        if (_trace.Count > TraceLimit)
        {
            _trace.Dequeue();
        }
    }

    /// <summary>How often what an exploration is to come to has come about.</summary>
    public SortedDictionary<string, int> Reached { get; } = new(StringComparer.Ordinal);

    public void Reach(string what) => Reached[what] = Reached.GetValueOrDefault(what) + 1;

    /// <summary>A frame leaves a node.</summary>
    public void Sent(ReadOnlyMemory<byte> frame)
    {
        if (frame.Span is [RequestTag, ..])
        {
            Reach("request to another owner");
        }
    }

    /// <summary>A key that depends on the seed and is the same in every run of it.</summary>
    public UInt128 KeyOf(int index) => ((UInt128)StableDice.Throw(Seed, index, 0) << 64) | ((uint)index + 1);
}
