using Compeer.Cluster.Model;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Compeer.Cluster.Wire;

/// <summary>Frames to bytes. What comes back the other way is <see cref="FrameReader"/>'s.</summary>
internal static class FrameCodec
{
    public static ReadOnlyMemory<byte> Encode(LinkFrame frame) => frame switch
    {
        LinkFrame.Updates updates => UpdatesCodec.Encode(updates.Sync, updates.Items, updates.Present),
        LinkFrame.Entries entries => EntriesCodec.Encode(entries.Stream, entries.Items),
        _ => ToProto(frame).ToByteArray(),
    };

    private static Proto.Frame ToProto(LinkFrame frame) => frame switch
    {
        LinkFrame.Hello hello => new() { Hello = ToProto(hello) },
        LinkFrame.Pulse pulse => new() { Pulse = ToProto(pulse) },
        LinkFrame.Reports reports => new() { Reports = new() { Reports_ = { reports.Items.Select(ToProto) } } },
        LinkFrame.SyncRequest request => new()
        {
            SyncRequest = new() { Sync = request.Sync, Known = { request.Known.Select(ToProto) }, Elements = request.Elements },
        },
        LinkFrame.SyncDone done => new()
        {
            SyncDone = new() { Sync = done.Sync, Known = { done.Known.Select(ToProto) }, Listed = done.IsListed },
        },
        LinkFrame.Ack ack => new() { Ack = new() { Frames = (ulong)ack.Frames } },
        LinkFrame.Request request => new() { Request = ToProto(request) },
        LinkFrame.Answered answered => new() { Answered = ToProto(answered) },
        LinkFrame.Seen seen => new() { Seen = new() { Nodes = { seen.Nodes.Select(ToProto) } } },
        LinkFrame.Refused refused => new() { Refused = new() { Reason = refused.Reason, Code = (uint)refused.Code } },
        LinkFrame.ObjectsRequest request => new() { ObjectsRequest = new() { Hash = request.Hash } },
        LinkFrame.Objects objects => new()
        {
            Objects = new() { Hash = objects.Hash, Keys = { objects.Keys }, More = objects.More },
        },
        LinkFrame.ContentRequest request => new()
        {
            ContentRequest = new()
            {
                Hash = request.Hash,
                Offset = request.Offset,
                Length = (uint)request.Length,
                Files = request.IsOfFiles,
            },
        },
        LinkFrame.FilesOffer offer => new()
        {
            FilesOffer = new() { Paths = { offer.Paths.Select(ToProto) } },
        },
        LinkFrame.FilesReport report => new() { FilesReport = new() { Paths = { report.Paths.Select(ToProto) } } },
        LinkFrame.ContentPart part => new() { ContentPart = ToProto(part) },
        LinkFrame.CheckTest test => new()
        {
            CheckTest = new()
            {
                Number = test.Number,
                Host = UnsafeByteOperations.UnsafeWrap(test.Host),
                Service = UnsafeByteOperations.UnsafeWrap(test.Service),
            },
        },
        LinkFrame.CheckTestResult result => new() { CheckTestResult = ToProto(result.Number, result.Answer) },
        LinkFrame.Streams streams => new()
        {
            Streams = new() { Streams_ = { streams.States.Select(ToProto) }, Frames = (ulong)streams.Frames },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, "not a frame that can be sent"),
    };

    private static Proto.Hello ToProto(LinkFrame.Hello hello) => new()
    {
        Magic = ProtocolLimits.Magic,
        MinVersion = hello.MinVersion,
        MaxVersion = hello.MaxVersion,
        Node = WireNodeId.Write(hello.Node),
        Incarnation = hello.Incarnation,
        SoftwareVersion = hello.SoftwareVersion,
        Configuration = ToProto(hello.Configuration),
        ReceiverKind = (uint)hello.ReceiverKind,
        SilenceLimitMs = (uint)hello.SilenceLimit.TotalMilliseconds,
        WallMs = hello.WallMilliseconds,
        Capabilities = (ulong)hello.Capabilities,
        ReceiverGroups = hello.ReceiverGroups,
        ReceiverSilent = hello.ReceiverIsSilent,
        Uuid = hello.Uuid,
    };

    private static Proto.Request ToProto(LinkFrame.Request request) => new()
    {
        Owner = request.Owner is { } owner ? WireNodeId.Write(owner) : ByteString.Empty,
        Key = UnsafeByteOperations.UnsafeWrap(request.Key),
        Payload = UnsafeByteOperations.UnsafeWrap(request.Payload),
        Hops = (uint)request.Hops,
        Origin = request.Tag is { } tag ? WireNodeId.Write(tag.Origin) : ByteString.Empty,
        Incarnation = request.Tag?.Incarnation ?? 0,
        Number = request.Tag?.Number ?? 0,
    };

    private static Proto.Answered ToProto(LinkFrame.Answered answered) => new()
    {
        Origin = WireNodeId.Write(answered.Tag.Origin),
        Incarnation = answered.Tag.Incarnation,
        Number = answered.Tag.Number,
        Failure = answered.Failure ?? "",
        Hops = (uint)answered.Hops,
    };

    private static Proto.ContentPart ToProto(LinkFrame.ContentPart part) => new()
    {
        Hash = part.Hash,
        Offset = part.Offset,
        Total = part.Total,
        Missing = part.IsMissing,
        Data = UnsafeByteOperations.UnsafeWrap(part.Data),
        Files = part.IsOfFiles,
    };

    private static Proto.CheckTestResult ToProto(long number, CheckTestAnswer answer) => new()
    {
        Number = number,
        Outcome = (uint)answer.Outcome,
        Code = answer.Code,
        Output = UnsafeByteOperations.UnsafeWrap(answer.Output[..Math.Min(answer.Output.Length, CheckTestAnswer.MaxOutput)]),
        StartedAt = answer.StartedAt.UtcTicks,
        Duration = answer.Duration.Ticks,
    };

    private static Proto.PathReport ToProto(PathReport report) => new()
    {
        Path = report.Path,
        Hash = report.Hash,
        Outcome = (uint)report.Outcome,
        Reason = report.Reason,
    };

    private static Proto.Pulse ToProto(LinkFrame.Pulse pulse) => new()
    {
        SentTicks = pulse.SentTicks,
        EchoTicks = pulse.EchoTicks,
        EchoHeldTicks = pulse.EchoHeldTicks,
        WallMs = pulse.WallMilliseconds,
        ReportDigest = pulse.ReportDigest,
        Known = { pulse.Known.Select(ToProto) },
        Frames = (ulong)pulse.Frames,
    };

    private static Proto.Report ToProto(NodeReport report) => new()
    {
        Node = WireNodeId.Write(report.Node),
        Incarnation = report.Incarnation,
        Sequence = report.Sequence,
        Revision = report.Revision,
        Acting = report.Acting,
        Leaving = report.Leaving,
        Configuration = ToProto(report.Configuration),
        Edges = { report.Edges.Select(ToProto) },
        EdgesAheadMs = { report.EdgesAhead.Select(ahead => ahead.Ticks / TimeSpan.TicksPerMillisecond) },
        Configured = { report.Configured.Except(report.Edges.Select(edge => edge.Node)).Select(WireNodeId.Write) },
        Applied = report.Applied,
        Running = { report.Running },
        Sending = { report.Sending },
        Written = report.Written,
        LongestCheckMs = (uint)Math.Min(report.LongestCheck.TotalMilliseconds, uint.MaxValue),
        Objects = (uint)report.Objects,
        Held = (uint)report.Held,
        Unchecked = report.Unchecked == UncheckedObjects.None ? null : new()
        {
            Number = (uint)report.Unchecked.Number,
            Exact = report.Unchecked.IsExact,
            Names = { report.Unchecked.Names },
            Hosts = (uint)report.Unchecked.Hosts,
        },
        RefusedHash = report.Refused?.Hash ?? "",
        RefusedReason = report.Refused?.Reason ?? "",
        Masters = { report.Masters.Select(WireNodeId.Write) },
        Pollers = { report.Pollers.Select(WireNodeId.Write) },
        Shape = report.Shape,
        Silent = !report.Notifies,
    };

    private static Proto.Known ToProto(OriginKnowledge known)
    {
        var result = new Proto.Known { Origin = WireNodeId.Write(known.Origin), Dropped = known.Dropped, Partial = known.IsPartial };
        WriteBounds(result.Bounds, known.Known);
        return result;
    }

    private static Proto.StreamState ToProto(StreamState state)
    {
        var result = new Proto.StreamState
        {
            Kind = (uint)state.Stream.Kind,
            Origin = WireNodeId.Write(state.Stream.Origin),
            Floor = state.Floor,
            Wanted = state.IsWanted,
        };
        WriteBounds(result.Bounds, state.Numbers);
        return result;
    }

    private static void WriteBounds(RepeatedField<long> bounds, IEnumerable<WriteRange> ranges)
    {
        foreach (var range in ranges)
        {
            bounds.Add(range.From);
            bounds.Add(range.To);
        }
    }

    private static Proto.NodeKnowledge ToProto(NodeKnowledge node) =>
        new() { Node = WireNodeId.Write(node.Run.Node), Known = { node.Known.Select(ToProto) }, Incarnation = node.Run.Incarnation };

    private static Proto.Run ToProto(Run run) => new() { Node = WireNodeId.Write(run.Node), Incarnation = run.Incarnation };

    private static Proto.OfferedPath ToProto(OfferedPath path) => new()
    {
        Path = path.Path,
        Hash = path.Hash,
        Version = path.Version is { } version ? ToProto(version) : null,
    };

    private static Proto.Configuration ToProto(ConfigurationVersion version) =>
        new()
        {
            Number = version.Number,
            Hash = version.Hash,
            Origin = WireNodeId.Write(version.Origin),
            History = WireNodeId.Write(new NodeId(version.History.Upper, version.History.Lower)),
            Ancestors = { version.Ancestors },
        };
}
