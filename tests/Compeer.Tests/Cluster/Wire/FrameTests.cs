using System.Reflection;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;
using Google.Protobuf;
using Proto = Compeer.Cluster.Wire.Proto;

namespace Compeer.Tests.Cluster.Wire;

public sealed class FrameTests
{
    private const int MaxFrame = 1 << 20;
    private static readonly ConfigurationVersion Version = new(17, "hash");
    private static readonly Run One = new(new NodeId(UInt128.MaxValue - 7), 11);
    private static readonly Run Two = new(new NodeId(3), 12);
    private static readonly NodeId Here = One.Node;
    private static readonly NodeId There = Two.Node;

    public static TheoryData<string> Kinds => new(Samples().Select(sample => sample.GetType().Name).Distinct());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_WhatWasEncoded_IsTheSame(string kind)
    {
        var frame = Samples().First(sample => sample.GetType().Name == kind);

        var read = FrameReader.Read(FrameCodec.Encode(frame), MaxFrame, out var problem);

        Assert.Equal("", problem);
        Assert.Equal(Describe(frame), Describe(read!));
    }

    [Fact]
    public void Encode_Updates_IsWhatTheSchemaMakesOfThem()
    {
        foreach (var frame in Samples().OfType<LinkFrame.Updates>())
        {
            var bytes = FrameCodec.Encode(frame).ToArray();
            var generated = Proto.Frame.Parser.ParseFrom(bytes);
            Assert.Equal(frame.Items.Count, generated.Updates.Items.Count);
            Assert.Equal(bytes.Length, generated.CalculateSize());
            Assert.Equal(Describe(frame), Describe(FrameReader.Read(generated.ToByteArray(), MaxFrame, out _)!));
        }
    }

    [Fact]
    public void Encode_Entries_IsWhatTheSchemaMakesOfThem()
    {
        var frame = Samples().OfType<LinkFrame.Entries>().Single();
        var bytes = FrameCodec.Encode(frame).ToArray();
        var generated = Proto.Frame.Parser.ParseFrom(bytes);
        Assert.Equal(frame.Items.Select(item => item.Number), generated.Entries.Items.Select(item => item.Number));
        Assert.Equal(999u, generated.Entries.Kind);
        Assert.Equal(bytes.Length, generated.CalculateSize());
        Assert.Equal(Describe(frame), Describe(FrameReader.Read(generated.ToByteArray(), MaxFrame, out _)!));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_CutOrDamagedAnywhere_GivesAFrameOrAReason(string kind)
    {
        var bytes = FrameCodec.Encode(Samples().First(sample => sample.GetType().Name == kind)).ToArray();
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var damaged = bytes[..random.Next(bytes.Length + 1)];
            for (var flips = random.Next(4); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            var frame = FrameReader.Read(damaged, MaxFrame, out var problem);
            Assert.Equal(frame is null, problem.Length > 0);
            refused += frame is null ? 1 : 0;
        }

        Assert.InRange(refused, 200, 2_000);
    }

    [Fact]
    public void Read_RandomBytes_NeverThrows()
    {
        var random = new Random(6);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(60)];
            random.NextBytes(bytes);
            var frame = FrameReader.Read(bytes, MaxFrame, out var problem);
            Assert.Equal(frame is null, problem.Length > 0);
        }
    }

    [Fact]
    public void Read_BodyOfALaterVersion_IsAFrameToBeSkipped()
    {
        var later = new byte[] { 0xFA, 0x06, 2, 8, 1 };

        Assert.IsType<LinkFrame.Unknown>(FrameReader.Read(later, MaxFrame, out var problem));
        Assert.Equal("", problem);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "magic", "not a Compeer node" },
        { "node id", "a node id of 3 bytes" },
        { "kind", "a node kind 9" },
        { "incarnation", "incarnation 0" },
        { "late incarnation", "incarnation 140737488355329; allowed are 1 to 140737488355328" },
        { "configuration number", "configuration number 281474976710657; allowed are 1 to 281474976710656" },
        { "text", "characters; at most 128" },
        { "no configuration", "no configuration version" },
        { "bounds", "3 bounds of ranges; they come in pairs, at most 1024" },
        { "order", "a range from 3 to 4 after 5" },
        { "known", "4097 nodes of which something is known; at most 4096" },
        { "epoch", "ownership epoch 4294967295" },
        { "no kind", "a value of kind 0" },
        { "many kinds", "a value of kind 65536" },
        { "origin", "a node id of 2 bytes" },
        { "run index", "an update of node 4 in a frame with 1 nodes" },
        { "long key", "a key of 1025 bytes; allowed are 1 to 1024" },
        { "no key", "a key of 0 bytes" },
        { "clock", "a clock of ffffffffffffffff" },
        { "sequence", "update sequence -1" },
        { "too many edges", "257 edges; at most 256" },
        { "clocks", "2 clocks of 1 edges" },
        { "far clock", "a clock that is -9223372036854775808 ms ahead" },
        { "payload", "a value of 600000 bytes; at most 524288" },
        { "request", "a request of 4097 bytes; at most 4096" },
        { "entry", "an entry with number -5; it must be positive" },
        { "long entry", "an entry of 32769 bytes; at most 32768" },
        { "stream kind", "a stream of kind 0; allowed are 1 to 65535" },
        { "stream origin", "a node id of 2 bytes" },
        { "floor", "a range from 3 to 4 after 3" },
        { "many streams", "1025 streams; at most 1024" },
        { "element", "an element written by node 3 of 1 as its number 5" },
        { "too large", "a frame of 1048577 bytes; at most 1048576" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_BreakingARule_NamesIt(string what, string reason)
    {
        var frame = FrameReader.Read(BrokenFrame(what), MaxFrame, out var problem);

        Assert.Null(frame);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    private static byte[] BrokenFrame(string what)
    {
        if (what == "too large")
        {
            return new byte[MaxFrame + 1];
        }

        var id = ByteString.CopyFrom(new byte[16]);
        var hello = new Proto.Hello
        {
            Magic = ProtocolLimits.Magic,
            MinVersion = 1,
            MaxVersion = 1,
            Node = what == "node id" ? ByteString.CopyFrom(1, 2, 3) : id,
            Incarnation = what == "incarnation" ? 0 : what == "late incarnation" ? (1L << 47) + 1 : 1,
            SoftwareVersion = new string('x', what == "text" ? 129 : 128),
            Configuration = what == "no configuration" ? null
                : new Proto.Configuration { Number = what == "configuration number" ? (1L << 48) + 1 : 1, Origin = id },
            ReceiverKind = what == "kind" ? 9u : 1u,
        };
        hello.Magic = what == "magic" ? 5 : hello.Magic;
        var update = new Proto.Update
        {
            Origin = what == "run index" ? 4u : 0,
            Epoch = what == "epoch" ? uint.MaxValue : 0,
            Sequence = what == "sequence" ? -1 : 1,
            Clock = what == "clock" ? ulong.MaxValue : 1,
            Kind = what == "no kind" ? 0u : what == "many kinds" ? 65_536u : 1u,
            Key = ByteString.CopyFrom(new byte[what == "long key" ? 1025 : what == "no key" ? 0 : 1]),
            Payload = ByteString.CopyFrom(new byte[what == "payload" ? 600_000 : 0]),
        };
        var run = new Proto.Run { Node = id, Incarnation = 1 };
        var frame = what switch
        {
            "bounds" => new Proto.Frame { SyncDone = new() { Known = { new Proto.Known { Origin = id, Bounds = { 1, 2, 3 } } } } },
            "order" => new() { SyncDone = new() { Known = { new Proto.Known { Origin = id, Bounds = { 1, 5, 3, 4 } } } } },
            "known" => new() { SyncDone = new() { Known = { Enumerable.Repeat(new Proto.Known { Origin = id }, 4_097) } } },
            "run index" or "long key" or "no key" or "clock" or "sequence" or "payload" or "epoch"
                or "no kind" or "many kinds" or "origin" =>
                new() { Updates = new() { Origins = { what == "origin" ? ByteString.CopyFrom(1, 2) : id }, Items = { update } } },
            "too many edges" => new()
            {
                Reports = new()
                {
                    Reports_ =
                    {
                        new Proto.Report
                        {
                            Node = id, Incarnation = 1, Sequence = 1, Revision = 1, Configuration = new() { Number = 1, Origin = id },
                            Edges = { Enumerable.Repeat(run, 257) },
                        },
                    },
                },
            },
            "clocks" => Claiming(id, run, 5, 6),
            "far clock" => Claiming(id, run, long.MinValue),
            "request" => new() { Request = new() { Key = id, Payload = ByteString.CopyFrom(new byte[4097]) } },
            "floor" or "many streams" or "element" or "entry" or "long entry" or "stream kind" or "stream origin" =>
                BrokenStream(what, id),
            _ => new() { Hello = hello },
        };
        return frame.ToByteArray();
    }

    private static Proto.Frame Claiming(ByteString id, Proto.Run run, params long[] clocks) => new()
    {
        Reports = new()
        {
            Reports_ =
            {
                new Proto.Report
                {
                    Node = id, Incarnation = 1, Sequence = 1, Revision = 1, Configuration = new() { Number = 1, Origin = id },
                    Edges = { run },
                    EdgesAheadMs = { clocks },
                },
            },
        },
    };

    private static Proto.Frame BrokenStream(string what, ByteString id) => what switch
    {
        "floor" => new()
        {
            Streams = new() { Streams_ = { new Proto.StreamState { Kind = 1, Origin = id, Floor = 3, Bounds = { 3, 4 } } } },
        },
        "many streams" => new()
        {
            Streams = new() { Streams_ = { Enumerable.Repeat(new Proto.StreamState { Kind = 1, Origin = id }, 1_025) } },
        },
        "element" => new()
        {
            Updates = new() { Origins = { id }, Present = { new Proto.Present { Origin = 3, Numbers = { 5 } } } },
        },
        _ => new()
        {
            Entries = new()
            {
                Kind = what == "stream kind" ? 0u : 1,
                Origin = what == "stream origin" ? ByteString.CopyFrom(1, 2) : id,
                Items =
                {
                    new Proto.Entry
                    {
                        Number = what == "entry" ? -5 : 1,
                        Payload = ByteString.CopyFrom(new byte[what == "long entry" ? 32_769 : 1]),
                    },
                },
            },
        },
    };

    private static LinkFrame[] BetweenShells { get; } =
    [
        new LinkFrame.FilesReport([new PathReport("/a b", new string('e', 64), PathOutcome.Waiting, "why")]),
        new LinkFrame.CheckTest(1L << 40, Encoding.UTF8.GetBytes("web"), Encoding.UTF8.GetBytes("HTTP")),
        new LinkFrame.CheckTestResult(14, new CheckTestAnswer(
            CheckTestOutcome.Signalled, 9, new byte[] { 8, 0 }, DateTimeOffset.UnixEpoch.AddTicks(15), TimeSpan.FromTicks(16))),
    ];

    private static Update[] SomeUpdates =>
    [
        new(Here, 1, 99, RegisterKind.CheckState, Encoding.UTF8.GetBytes("a"), new byte[] { 1, 2 }) { Epoch = 7 },
        new(There, 2, 98, RegisterKind.Comments, Encoding.UTF8.GetBytes("b"), ReadOnlyMemory<byte>.Empty) { IsRemoval = true },
        new(Here, 3, 97, (RegisterKind)999, Encoding.UTF8.GetBytes("c"), new byte[] { 3 })
        {
            Setting = 300, Rest = new byte[] { 80, 1 },
        },
    ];

    private static LinkFrame[] Samples()
    {
        var report = new NodeReport
        {
            Node = One.Node,
            Incarnation = 5,
            Sequence = 6,
            Revision = 7,
            Acting = true,
            Leaving = true,
            Configuration = Version,
            Edges = [One, Two],
            EdgesAhead = [TimeSpan.Zero, TimeSpan.FromMilliseconds(-3_600_001)],
            Configured = [.. new[] { One.Node, Two.Node, Here, There }.Distinct().Order()],
            Applied = ulong.MaxValue - 1,
            Running = [1, ulong.MaxValue],
            Sending = [2, 3],
            Written = 8,
            Masters = [new NodeId(71)],
            Pollers = [new NodeId(72), new NodeId(73)],
            Shape = 74,
            Notifies = false,
            Objects = 9,
            Held = 10,
            Unchecked = new UncheckedObjects(11, IsExact: true, ["web1;http"]) { Hosts = 4 },
        };
        OriginKnowledge[] known =
            [OriginKnowledge.UpTo(Here, 4), new(There, [new(1, 2), new(5, long.MaxValue / 2)], 7, IsPartial: true), new(There, [], 0)];
        return
        [
            new LinkFrame.Hello(1, 2, One.Node, 3, "0.1", Version, NeighbourKind.Poller, TimeSpan.FromSeconds(3), -4, (Capabilities)6)
            {
                ReceiverGroups = "a,b",
                ReceiverIsSilent = true,
                Uuid = "0-1",
            },
            new LinkFrame.Pulse(1, 2, 3, 4, 5, known, 12),
            new LinkFrame.Reports([report, report with { Node = Two.Node, Edges = [], EdgesAhead = [] }]),
            new LinkFrame.Updates(8, SomeUpdates),
            new LinkFrame.Updates(8, SomeUpdates[..1]) { Present = [(Here, 5), (Here, 7), (There, 1L << 40)] },
            new LinkFrame.SyncRequest(9, known, ulong.MaxValue - 3),
            new LinkFrame.SyncDone(10, known, IsListed: true),
            new LinkFrame.Entries(
                new StreamId((StreamKind)999, There),
                [new(1, new byte[] { 1 }), new(1L << 50, default, new byte[] { 0xA0, 0x06, 1 })]),
            new LinkFrame.Streams(
                [
                    new StreamState(new StreamId(StreamKind.History, Here), [new(4, 5), new(9, 1L << 40)], 3, IsWanted: true),
                    new StreamState(new StreamId(StreamKind.History, There), [], 0, IsWanted: false),
                ],
                13),
            new LinkFrame.Seen([new NodeKnowledge(new Run(There, 7), known), new NodeKnowledge(new Run(Here, 1L << 40), [])]),
            new LinkFrame.Ack(11),
            .. Requests(),
            new LinkFrame.Refused("two nodes", RefusalCode.SameKey),
            new LinkFrame.ObjectsRequest("hash"),
            new LinkFrame.Objects("hash", [1, ulong.MaxValue], More: true),
            new LinkFrame.ContentRequest(new string('a', 64), 1L << 40, 5, IsOfFiles: true),
            new LinkFrame.ContentPart(new string('b', 64), 6, 1L << 40, IsMissing: false, new byte[] { 7 }, IsOfFiles: true),
            new LinkFrame.FilesOffer([new("/a b", new string('c', 64)), new("/é", new string('d', 64)) { Version = Version }]),
            .. BetweenShells,
        ];
    }

    private static LinkFrame[] Requests() =>
    [
        new LinkFrame.Request(Two.Node, Encoding.UTF8.GetBytes("d"), new byte[] { 4 }, 5),
        new LinkFrame.Request(null, Encoding.UTF8.GetBytes("d"), new byte[] { 4 }, 5) { Tag = new RequestTag(Two.Node, 6, 1L << 40) },
        new LinkFrame.Answered(new RequestTag(Two.Node, 6, 1L << 40), "not here", 7),
        new LinkFrame.Answered(new RequestTag(Two.Node, 6, 7), Failure: null, 0),
    ];

    private static string Describe(object? value) => value switch
    {
        LinkFrame or NodeReport or Update or OriginKnowledge or NodeKnowledge or UncheckedObjects or StreamState or StreamEntry
            or OfferedPath or PathReport or CheckTestAnswer => "{"
            + string.Join(", ", value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
            .Select(property => property.Name + " " + Describe(property.GetValue(value)))) + "}",
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        string text => text,
        System.Collections.IEnumerable items => "[" + string.Join(", ", items.Cast<object>().Select(Describe)) + "]",
        _ => value?.ToString() ?? "null",
    };
}
