using System.Globalization;
using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Benchmarks;

/// <summary>A poller without an engine: the cluster's machine with the objects of one host group, whose results are made up.</summary>
/// <param name="number">Which, from 0.</param>
/// <param name="master">Who that is.</param>
/// <param name="deliver">Brings the master what it is sent.</param>
internal sealed class SimulatedPoller(int number, NodeId master, Action<PeerInput> deliver) : IRegisterSource
{
    private readonly ClusterEffects _effects = new();
    private readonly Queue<ReadOnlyMemory<byte>> _frames = [];
    private ClusterMachine _machine = null!;
    private int _objects;
    private int _next;
    private byte[] _value = [];

    /// <summary>The poller as its master's merlin.conf has it.</summary>
    public Neighbour AsNeighbour => new(Id, $"poller{number}", NeighbourKind.Poller, Connect: false, DataTimeout: null)
    {
        HostGroups = [GroupOf(number)],
    };

    /// <summary>Whether it checks what is its own.</summary>
    public bool IsActing => _machine.Snapshot() is { SelfState: ClusterSelfState.Active } seen && seen.Held == _objects;

    private NodeId Id => new((UInt128)(1_000 + number));

    /// <summary>The host group of a poller.</summary>
    public static string GroupOf(int number) => string.Create(CultureInfo.InvariantCulture, $"group{number:000}");

    /// <summary>Whose link it is.</summary>
    public static int NumberOf(LinkId link) => (int)link.Value - 1;

    /// <summary>Makes the machine, and opens its link.</summary>
    /// <param name="now">The time.</param>
    /// <param name="all">The objects of its master.</param>
    public void Begin(Instant now, ClusterObjects all)
    {
        var hosts = all.HostGroups[GroupOf(number)].ToHashSet();
        int[] own = [.. Enumerable.Range(0, all.Keys.Length).Where(index => hosts.Contains(all.Groups[index]))];
        var places = own.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        _objects = own.Length;
        var part = new ClusterObjects(
            new ConfigurationVersion(1, GroupOf(number)),
            [.. own.Select(index => all.Keys[index])],
            [.. own.Select(index => places[all.Groups[index]])],
            [.. own.Select(index => all.Weights[index])]);
        var state = CheckState.Pending(0) with
        {
            Text = Encoding.UTF8.GetBytes("OK - 127.0.0.1: rta 0.041ms, lost 0%rta=0.041ms;100.000;500.000;0; pl=0%;20;60;;"),
        };
        _value = CheckStateCodec.Encode(state with { OutputLength = 35 });
        _machine = new ClusterMachine(
            new ClusterOptions { Self = Id, Incarnation = 2_000, SoftwareVersion = "bench" }, new PreparedObjects(part), this);
        Do(now, (at, effects) => _machine.SetNeighbours(
            at, [new Neighbour(master, "master", NeighbourKind.Master, Connect: false, DataTimeout: null)], effects));
        deliver(new PeerInput.LinkOpened(Link, Id, DialledHere: false, "192.0.2.2"));
        Do(now, (at, effects) => _machine.LinkOpened(at, Link, master, dialledHere: true, "192.0.2.1", effects));
    }

    /// <summary>A frame of its master.</summary>
    public void Receive(ReadOnlyMemory<byte> frame) => _frames.Enqueue(frame);

    /// <summary>Time passes.</summary>
    public void Turn(Instant now)
    {
        while (_frames.TryDequeue(out var frame))
        {
            Do(now, (at, effects) => _machine.FrameReceived(at, Link, frame, effects));
        }

        if (_machine.NextWake <= now.Monotonic)
        {
            Do(now, (at, effects) => _machine.Advance(at, effects));
        }
    }

    /// <summary>The next of its objects was checked.</summary>
    public void Result(Instant now)
    {
        Do(now, (at, effects) => _machine.Publish(at, new RegisterId(RegisterKind.CheckState, _next), effects));
        _next = (_next + 1) % _objects;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(RegisterId id) => _value;

    /// <inheritdoc/>
    public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) => default;

    private LinkId Link => new(number + 1);

    private void Do(Instant now, Action<ClusterTime, ClusterEffects> call)
    {
        _effects.Clear();
        call(new ClusterTime(now.Monotonic, now.Wall), _effects);
        foreach (var effect in _effects.Items.ToArray())
        {
            if (effect is ClusterEffect.Send send)
            {
                deliver(new PeerInput.Frame(Link, send.Frame.ToArray()));
            }
            else if (effect is ClusterEffect.Lose lose)
            {
                Do(now, (at, effects) => _machine.HandOver(at, lose.Handover, [], effects));
            }
        }
    }
}
