using System.Buffers;
using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Compeer.Cluster.Wire;

/// <summary>Bytes to frames. Everything that comes out keeps the limits; everything else gets a reason.</summary>
internal static class FrameReader
{
    /// <summary>Reads a frame; null, with the reason, for one that breaks a rule.</summary>
    public static LinkFrame? Read(ReadOnlyMemory<byte> bytes, int maxFrameBytes, out string problem)
    {
        problem = "";
        if (bytes.Length > maxFrameBytes)
        {
            problem = $"a frame of {bytes.Length} bytes; at most {maxFrameBytes} are allowed";
            return null;
        }

        try
        {
            var fields = new ProtoReader(bytes);
            return (fields.Next() && fields.Raw.Length == bytes.Length ? fields.Field : 0) switch
            {
                UpdatesCodec.FrameField => UpdatesCodec.Decode(fields.Bytes, maxFrameBytes),
                EntriesCodec.FrameField => EntriesCodec.Decode(fields.Bytes),
                _ => FromProto(Proto.Frame.Parser.ParseFrom(new ReadOnlySequence<byte>(bytes)), maxFrameBytes),
            };
        }
        catch (InvalidProtocolBufferException)
        {
            problem = $"{bytes.Length} bytes that are not a frame";
        }
        catch (FrameException exception)
        {
            problem = exception.Message;
        }

        return null;
    }

    private static LinkFrame FromProto(Proto.Frame frame, int maxFrameBytes) => frame.BodyCase switch
    {
        Proto.Frame.BodyOneofCase.Hello => FromProto(frame.Hello),
        Proto.Frame.BodyOneofCase.Pulse => FromProto(frame.Pulse),
        Proto.Frame.BodyOneofCase.Reports => new LinkFrame.Reports(
            [.. Limited(frame.Reports.Reports_, ProtocolLimits.MaxNodes, "reports").Select(r => FromProto(r, maxFrameBytes))]),
        Proto.Frame.BodyOneofCase.Updates => UpdatesCodec.Decode(frame.Updates.ToByteArray(), maxFrameBytes),
        Proto.Frame.BodyOneofCase.Entries => EntriesCodec.Decode(frame.Entries.ToByteArray()),
        Proto.Frame.BodyOneofCase.Streams => new LinkFrame.Streams(
            [.. Limited(frame.Streams.Streams_, ProtocolLimits.MaxStreams, "streams").Select(FromProto)],
            (long)Math.Min(frame.Streams.Frames, long.MaxValue)),
        Proto.Frame.BodyOneofCase.SyncRequest =>
            new LinkFrame.SyncRequest(frame.SyncRequest.Sync, FromProto(frame.SyncRequest.Known), frame.SyncRequest.Elements),
        Proto.Frame.BodyOneofCase.SyncDone =>
            new LinkFrame.SyncDone(frame.SyncDone.Sync, FromProto(frame.SyncDone.Known), frame.SyncDone.Listed),
        Proto.Frame.BodyOneofCase.Ack => new LinkFrame.Ack((long)Math.Min(frame.Ack.Frames, long.MaxValue)),
        Proto.Frame.BodyOneofCase.Seen => new LinkFrame.Seen([.. Limited(frame.Seen.Nodes, ProtocolLimits.MaxOrigins, "nodes")
            .Select(node => new NodeKnowledge(new Run(WireNodeId.Read(node.Node), node.Incarnation), FromProto(node.Known)))]),
        Proto.Frame.BodyOneofCase.Request => FromProto(frame.Request),
        Proto.Frame.BodyOneofCase.Answered => new LinkFrame.Answered(
            Tag(frame.Answered.Origin, frame.Answered.Incarnation, frame.Answered.Number),
            frame.Answered.Failure.Length == 0 ? null : WireText.Line(frame.Answered.Failure),
            (int)Math.Min(frame.Answered.Hops, int.MaxValue)),
        Proto.Frame.BodyOneofCase.Refused => new LinkFrame.Refused(
            frame.Refused.Reason.Length == 0 ? "it does not say why" : WireText.Line(frame.Refused.Reason),
            frame.Refused.Code <= (uint)RefusalCode.OtherHistory ? (RefusalCode)frame.Refused.Code : RefusalCode.Unknown),
        Proto.Frame.BodyOneofCase.ObjectsRequest => new LinkFrame.ObjectsRequest(Text(frame.ObjectsRequest.Hash, "configuration hash")),
        Proto.Frame.BodyOneofCase.Objects => new LinkFrame.Objects(
            Text(frame.Objects.Hash, "configuration hash"),
            [.. Limited(frame.Objects.Keys, ProtocolLimits.MaxObjectsInFrame, "objects")],
            frame.Objects.More),
        Proto.Frame.BodyOneofCase.ContentRequest => new LinkFrame.ContentRequest(
            Hash(frame.ContentRequest.Hash),
            NotNegative(frame.ContentRequest.Offset, "offset in content"),
            (int)Math.Min(frame.ContentRequest.Length, int.MaxValue),
            frame.ContentRequest.Files),
        Proto.Frame.BodyOneofCase.ContentPart => new LinkFrame.ContentPart(
            Hash(frame.ContentPart.Hash),
            NotNegative(frame.ContentPart.Offset, "offset in content"),
            NotNegative(frame.ContentPart.Total, "length of content"),
            frame.ContentPart.Missing,
            frame.ContentPart.Data.Memory,
            frame.ContentPart.Files),
        Proto.Frame.BodyOneofCase.FilesOffer => new LinkFrame.FilesOffer(
            [.. Limited(frame.FilesOffer.Paths, ProtocolLimits.MaxPaths, "files and folders").Select(FromProto)]),
        Proto.Frame.BodyOneofCase.FilesReport => new LinkFrame.FilesReport(
            [.. Limited(frame.FilesReport.Paths, ProtocolLimits.MaxPaths, "files and folders").Select(FromProto)]),
        Proto.Frame.BodyOneofCase.CheckTest => new LinkFrame.CheckTest(
            frame.CheckTest.Number,
            Name(frame.CheckTest.Host, least: 1),
            Name(frame.CheckTest.Service, least: 0)),
        Proto.Frame.BodyOneofCase.CheckTestResult =>
            new LinkFrame.CheckTestResult(frame.CheckTestResult.Number, FromProto(frame.CheckTestResult)),
        _ => new LinkFrame.Unknown(),
    };

    private static LinkFrame.Hello FromProto(Proto.Hello hello)
    {
        if (hello.Magic != ProtocolLimits.Magic)
        {
            throw new FrameException("a hello of something that is not a Compeer node");
        }

        return new LinkFrame.Hello(
            hello.MinVersion,
            hello.MaxVersion,
            WireNodeId.Read(hello.Node),
            Positive(hello.Incarnation, "incarnation", ProtocolLimits.MaxIncarnation),
            Text(hello.SoftwareVersion, "software version"),
            FromProto(hello.Configuration),
            hello.ReceiverKind is >= 1 and <= 3
                ? (NeighbourKind)hello.ReceiverKind
                : throw new FrameException($"a node kind {hello.ReceiverKind}; 1 to 3 are known"),
            TimeSpan.FromMilliseconds(hello.SilenceLimitMs),
            hello.WallMs,
            (Capabilities)hello.Capabilities)
        {
            ReceiverGroups = WireText.Line(hello.ReceiverGroups),
            ReceiverIsSilent = hello.ReceiverSilent,
            Uuid = WireText.Line(hello.Uuid),
        };
    }

    private static LinkFrame.Request FromProto(Proto.Request request) => new(
        request.Owner.IsEmpty ? null : WireNodeId.Read(request.Owner),
        WireText.Key(request.Key.Memory),
        request.Payload.Length <= ProtocolLimits.MaxRequest
            ? request.Payload.Memory
            : throw new FrameException($"a request of {request.Payload.Length} bytes; at most {ProtocolLimits.MaxRequest} are allowed"),
        (int)Math.Min(request.Hops, int.MaxValue))
    {
        Tag = request.Number == 0 ? null : Tag(request.Origin, request.Incarnation, request.Number),
    };

    private static RequestTag Tag(ByteString origin, long incarnation, long number) => new(
        WireNodeId.Read(origin),
        Positive(incarnation, "incarnation", ProtocolLimits.MaxIncarnation),
        Positive(number, "number of a request"));

    private static LinkFrame.Pulse FromProto(Proto.Pulse pulse) => new(
        pulse.SentTicks,
        pulse.EchoTicks,
        pulse.EchoHeldTicks,
        pulse.WallMs,
        pulse.ReportDigest,
        FromProto(pulse.Known),
        (long)Math.Min(pulse.Frames, long.MaxValue));

    private static NodeReport FromProto(Proto.Report report, int maxFrameBytes) => new()
    {
        Node = WireNodeId.Read(report.Node),
        Incarnation = Positive(report.Incarnation, "incarnation", ProtocolLimits.MaxIncarnation),
        Sequence = Positive(report.Sequence, "report sequence"),
        Revision = Positive(report.Revision, "report revision"),
        Acting = report.Acting,
        Leaving = report.Leaving,
        Configuration = FromProto(report.Configuration),
        Edges = [.. Limited(report.Edges, ProtocolLimits.MaxNodes, "edges").Select(FromProto)],
        EdgesAhead = [.. Differences(report)],
        // Those that it counts on are configured, and not named twice.
        Configured = [.. Limited(report.Configured, ProtocolLimits.MaxNodes, "configured peers").Select(WireNodeId.Read)
            .Concat(report.Edges.Select(edge => edge.Node).Except(report.Masters).Except(report.Pollers).Select(WireNodeId.Read))
            .Distinct().Order()],
        Masters = Nodes(report.Masters, "masters"),
        Pollers = Nodes(report.Pollers, "pollers"),
        Shape = report.Shape,
        Notifies = !report.Silent,
        Applied = report.Applied,
        Running = [.. Limited(report.Running, ProtocolLimits.MaxRunning(maxFrameBytes), "running checks")],
        Sending = [.. Limited(report.Sending, ProtocolLimits.MaxRunning(maxFrameBytes), "notifications that are being sent")],
        Written = report.Written == 0 ? 0 : Positive(report.Written, "number of the last write"),
        LongestCheck = TimeSpan.FromMilliseconds(report.LongestCheckMs),
        Objects = (int)Math.Min(report.Objects, int.MaxValue),
        Held = (int)Math.Min(report.Held, int.MaxValue),
        Unchecked = report.Unchecked is null ? UncheckedObjects.None : FromProto(report.Unchecked),
        Refused = report.RefusedHash.Length == 0 ? null
            : new RefusedConfiguration(
                Text(report.RefusedHash, "configuration hash"),
                report.RefusedReason.Length <= RefusedConfiguration.MaxReasonLength ? report.RefusedReason
                    : throw new FrameException($"a reason of {report.RefusedReason.Length} characters; at most "
                        + $"{RefusedConfiguration.MaxReasonLength} are allowed")),
    };

    private static IEnumerable<TimeSpan> Differences(Proto.Report report) =>
        report.EdgesAheadMs.Count == 0 || report.EdgesAheadMs.Count == report.Edges.Count ? report.EdgesAheadMs.Select(Difference)
            : throw new FrameException($"{report.EdgesAheadMs.Count} clocks of {report.Edges.Count} edges");

    private static TimeSpan Difference(long milliseconds) =>
        milliseconds is >= -ProtocolLimits.MaxClockMilliseconds and <= ProtocolLimits.MaxClockMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new FrameException($"a clock that is {milliseconds} ms ahead");

    private static ImmutableArray<NodeId> Nodes(ICollection<ByteString> nodes, string what) =>
        [.. Limited(nodes, ProtocolLimits.MaxNodes, what).Select(WireNodeId.Read).Distinct().Order()];

    private static UncheckedObjects FromProto(Proto.Unchecked objects) => new(
        (int)Math.Min(objects.Number, int.MaxValue),
        objects.Exact,
        [.. objects.Names.Take(UncheckedObjects.MaxNames).Select(UncheckedObjects.Readable)])
    {
        Hosts = (int)Math.Min(Math.Min(objects.Hosts, objects.Number), int.MaxValue),
    };

    private static OriginKnowledge FromProto(Proto.Known known) => new(
        WireNodeId.Read(known.Origin),
        Ranges(known.Bounds, above: 0),
        known.Dropped == 0 ? 0 : Positive(known.Dropped, "number let go"),
        known.Partial);

    private static StreamState FromProto(Proto.StreamState state)
    {
        var floor = state.Floor == 0 ? 0 : Positive(state.Floor, "floor of a stream");
        return new StreamState(
            new StreamId(EntriesCodec.Kind(state.Kind), WireNodeId.Read(state.Origin)),
            Ranges(state.Bounds, above: floor),
            floor,
            state.Wanted);
    }

    private static ImmutableArray<WriteRange> Ranges(RepeatedField<long> bounds, long above)
    {
        if (bounds.Count % 2 != 0 || bounds.Count > 2 * ProtocolLimits.MaxRanges)
        {
            throw new FrameException(
                $"{bounds.Count} bounds of ranges; they come in pairs, at most {2 * ProtocolLimits.MaxRanges}");
        }

        var ranges = ImmutableArray.CreateBuilder<WriteRange>(bounds.Count / 2);
        var last = above;
        for (var i = 0; i < bounds.Count; i += 2)
        {
            var range = new WriteRange(bounds[i], bounds[i + 1]);
            if (range.From <= last || range.To < range.From || range.To > ProtocolLimits.MaxSequence)
            {
                throw new FrameException($"a range from {range.From} to {range.To} after {last}");
            }

            last = range.To;
            ranges.Add(range);
        }

        return ranges.MoveToImmutable();
    }

    private static OriginKnowledge[] FromProto(ICollection<Proto.Known> known) =>
        [.. Limited(known, ProtocolLimits.MaxOrigins, "nodes of which something is known").Select(FromProto)];

    private static Run FromProto(Proto.Run run) =>
        new(WireNodeId.Read(run.Node), Positive(run.Incarnation, "incarnation", ProtocolLimits.MaxIncarnation));

    private static ConfigurationVersion FromProto(Proto.Configuration? version) => version is null
        ? throw new FrameException("no configuration version")
        : new ConfigurationVersion(
            version.Number == 0 ? 0 : Positive(version.Number, "configuration number", ProtocolLimits.MaxConfigurationNumber),
            Text(version.Hash, "configuration hash"))
        {
            Origin = WireNodeId.Read(version.Origin),
            History = version.History.IsEmpty ? HistoryId.None : HistoryOf(WireNodeId.Read(version.History)),
            Ancestors = [.. Limited(version.Ancestors, ConfigurationVersion.MaxAncestors, "versions that one was made from")],
        };

    /// <summary>A history travels as a node does: as 128 bits.</summary>
    private static HistoryId HistoryOf(NodeId bits) => new(bits.Upper, bits.Lower);

    private static OfferedPath FromProto(Proto.OfferedPath path) => new(PathText(path.Path), Hash(path.Hash))
    {
        Version = path.Version is null ? null : FromProto(path.Version),
    };

    private static PathReport FromProto(Proto.PathReport report) => new(
        PathText(report.Path),
        Hash(report.Hash),
        report.Outcome <= (uint)PathOutcome.Pushed ? (PathOutcome)report.Outcome : PathOutcome.Unknown,
        WireText.Line(report.Reason));

    private static CheckTestAnswer FromProto(Proto.CheckTestResult result)
    {
        if (result.Output.Length > CheckTestAnswer.MaxOutput)
        {
            throw new FrameException($"{result.Output.Length} bytes of output; at most {CheckTestAnswer.MaxOutput} are allowed");
        }

        var startedAt = NotNegative(result.StartedAt, "start of a test");
        return result.Outcome is >= (uint)CheckTestOutcome.Refused and <= (uint)CheckTestOutcome.NotStarted
            && startedAt <= DateTimeOffset.MaxValue.UtcTicks
            ? new CheckTestAnswer(
                (CheckTestOutcome)result.Outcome,
                result.Code,
                result.Output.Memory,
                new DateTimeOffset(startedAt, TimeSpan.Zero),
                new TimeSpan(NotNegative(result.Duration, "duration of a test")))
            : CheckTestAnswer.Refuse("its answer is of a later version and not understood");
    }

    private static ReadOnlyMemory<byte> Name(ByteString name, int least) =>
        name.Length >= least && name.Length <= CheckTestInput.MaxName
            ? name.Memory
            : throw new FrameException($"a name of {name.Length} bytes; allowed are {least} to {CheckTestInput.MaxName}");

    private static string PathText(string path) => path.Length is >= 1 and <= ProtocolLimits.MaxPathLength
        ? WireText.Line(path)
        : throw new FrameException($"a path of {path.Length} characters; allowed are 1 to {ProtocolLimits.MaxPathLength}");

    private static string Hash(string value) => value is { Length: RefusedConfiguration.HashLength }
        && value.All(char.IsAsciiHexDigitLower)
        ? value
        : throw new FrameException($"a name of content that is no hash of {RefusedConfiguration.HashLength} hexadecimal digits");

    private static long NotNegative(long value, string what) => value is >= 0 and <= ProtocolLimits.MaxSequence
        ? value
        : throw new FrameException($"{what} {value}; it must not be negative");

    private static long Positive(long value, string what, long limit = ProtocolLimits.MaxSequence) => value > 0 && value <= limit
        ? value
        : throw new FrameException($"{what} {value}; allowed are 1 to {limit}");

    private static string Text(string value, string what) => value.Length <= ProtocolLimits.MaxText
        ? value
        : throw new FrameException($"a {what} of {value.Length} characters; at most {ProtocolLimits.MaxText} are allowed");

    private static ICollection<T> Limited<T>(ICollection<T> items, int limit, string what) => items.Count <= limit
        ? items
        : throw new FrameException($"{items.Count} {what}; at most {limit} are allowed");
}
