using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;
using Compeer.Cluster.Wire;

namespace Compeer.Tests.Cluster;

/// <summary>One machine, with a test that plays everything around it.</summary>
internal sealed class MachineHarness : IRegisterSource
{
    public static readonly NodeId Self = new(10);
    public static readonly NodeId Small = new(5);
    public static readonly NodeId Large = new(20);
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);
    public static readonly ConfigurationVersion Version = new(1, "one");

    /// <summary>The machine's own run.</summary>
    public static readonly Run OwnRun = new(Self, 1_000);

    private long _links;

    public MachineHarness(params Neighbour[] neighbours)
        : this(Objects(4), neighbours)
    {
    }

    public MachineHarness(ClusterObjects objects, params Neighbour[] neighbours)
        : this(objects, DurableState.Empty, neighbours)
    {
    }

    public MachineHarness(ClusterObjects objects, DurableState durable, params Neighbour[] neighbours)
        : this(new ClusterOptions { Self = Self, Incarnation = 1_000, SoftwareVersion = "test", Durable = durable }, objects, neighbours)
    {
    }

    public MachineHarness(ClusterOptions options, params Neighbour[] neighbours)
        : this(options, Objects(4), neighbours)
    {
    }

    public MachineHarness(ClusterOptions options, ClusterObjects objects, params Neighbour[] neighbours)
    {
        Machine = new ClusterMachine(options, new PreparedObjects(objects), this);
        Do((machine, now, effects) => machine.SetNeighbours(now, neighbours, effects));
    }

    public ClusterMachine Machine { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(100);

    public TimeSpan WallOffset { get; set; }

    /// <summary>The effects of the last input.</summary>
    public IReadOnlyList<ClusterEffect> Last { get; private set; } = [];

    public List<ClusterEffect> All { get; } = [];

    public int PayloadBytes { get; set; } = 3;

    public ClusterSnapshot View => Machine.Snapshot();

    public static Neighbour Peer(NodeId id) => new(id, "node" + id.Value, NeighbourKind.Peer, true, null);

    public static ClusterObjects Objects(int count) => new(
        Version,
        [.. Enumerable.Range(0, count).Select(index => Key(index))],
        [.. Enumerable.Range(0, count)],
        [.. Enumerable.Repeat(1.0, count)]);

    public static ReadOnlyMemory<byte> Key(int index) => Encoding.UTF8.GetBytes($"object {index}");

    /// <summary>The first report of another node, which acts and sees nobody.</summary>
    public static NodeReport Report(NodeId node) => new()
    {
        Node = node,
        Incarnation = 1,
        Sequence = 1,
        Revision = 1,
        Acting = true,
        Leaving = false,
        Configuration = Version,
        Edges = [],
        Configured = [],
        Applied = 0,
        Running = [],
    };

    /// <summary>A write of the check state of an object.</summary>
    public static Update Written(NodeId origin, long sequence, int index) => new(
        origin,
        sequence,
        HybridLogicalClock.FromWall(Start) + (ulong)sequence,
        RegisterKind.CheckState,
        Key(index),
        new byte[] { (byte)sequence });

    public static LinkFrame.Hello Hello(NodeId from, long incarnation = 1) => new(
        ProtocolLimits.MinVersion, ProtocolLimits.MaxVersion,
        from, incarnation, "test", Version,
        NeighbourKind.Peer, TimeSpan.FromSeconds(3), Start.ToUnixTimeMilliseconds());

    public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) =>
        key.Kind == RegisterKind.OperatorSettings ? new RegisterSubject(RegisterScope.Object, key.Key) : default;

    public ReadOnlyMemory<byte> Read(RegisterId id) => new byte[PayloadBytes];

    public void Do(Action<ClusterMachine, ClusterTime, ClusterEffects> input)
    {
        var effects = new ClusterEffects();
        ClusterTime now = new(Now, Start + Now + WallOffset);
        input(Machine, now, effects);
        for (var place = 0; place < effects.Items.Count; place++)
        {
            // Nothing is told about its objects.
            if (effects.Items[place] is ClusterEffect.LoseSending { WantsAnswer: true } lose)
            {
                Machine.HandOver(now, lose.Handover, [], effects);
            }
        }

        Last = [.. effects.Items];
        All.AddRange(effects.Items);
    }

    /// <summary>Lets time pass as a shell does: waking when asked to.</summary>
    public void Wait(TimeSpan time, Action? each = null)
    {
        var end = Now + time;
        while (Now < end)
        {
            var wake = Machine.NextWake > Now ? Machine.NextWake : Now + TimeSpan.FromTicks(1);
            Now = wake < end ? wake : end;
            Do((machine, now, effects) => machine.Advance(now, effects));
            each?.Invoke();
        }
    }

    /// <summary>Lets every neighbour with an open link say that it is there, with a clock as here.</summary>
    public void KeepAlive()
    {
        var links = All.OfType<ClusterEffect.Send>().Select(send => send.Link).Distinct().Where(link => Closed(link) is null);
        foreach (var link in links.ToArray())
        {
            Receive(link, new LinkFrame.Pulse(1, 0, 0, (Start + Now).ToUnixTimeMilliseconds(), 0, []));
        }
    }

    public void Pause(TimeSpan time) => Now += time;

    public LinkId Open(NodeId from, bool dialledHere = false, string address = "192.0.2.1")
    {
        var link = new LinkId(++_links);
        Do((machine, now, effects) => machine.LinkOpened(now, link, from, dialledHere, address, effects));
        return link;
    }

    public void Receive(LinkId link, LinkFrame frame) => ReceiveBytes(link, FrameCodec.Encode(frame).ToArray());

    public void ReceiveBytes(LinkId link, byte[] bytes) =>
        Do((machine, now, effects) => machine.FrameReceived(now, link, bytes, effects));

    /// <summary>A greeted link whose other end has nothing that is not here.</summary>
    public LinkId OpenSynced(NodeId from, long incarnation = 1)
    {
        var link = Open(from);
        Receive(link, Hello(from, incarnation));
        AnswerSync(link);
        return link;
    }

    public void AnswerSync(LinkId link, params OriginKnowledge[] known)
    {
        var request = All.OfType<ClusterEffect.Send>().Where(send => send.Link == link).Select(Decode)
            .OfType<LinkFrame.SyncRequest>().Last();
        Receive(link, new LinkFrame.SyncDone(request.Sync, known));
    }

    public IEnumerable<LinkFrame> SentOn(LinkId link) =>
        All.OfType<ClusterEffect.Send>().Where(send => send.Link == link).Select(Decode);

    public ClusterEffect.Close? Closed(LinkId link) =>
        All.OfType<ClusterEffect.Close>().FirstOrDefault(close => close.Link == link);

    public NodeSnapshot Node(NodeId id) => View.Nodes.Single(node => node.Id == id);

    /// <summary>What a next run would find.</summary>
    public DurableState Disk => All.OfType<ClusterEffect.Persist>().Last().State;

    public IEnumerable<string> Notices => All.OfType<ClusterEffect.Notice>().Select(notice => notice.Text);

    private static LinkFrame Decode(ClusterEffect.Send send) =>
        FrameReader.Read(send.Frame, 1 << 20, out var problem) ?? throw new InvalidOperationException(problem);
}
