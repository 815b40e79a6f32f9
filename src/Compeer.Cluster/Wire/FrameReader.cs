using System.Buffers;
using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Google.Protobuf;

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
            return FromProto(Proto.Frame.Parser.ParseFrom(new ReadOnlySequence<byte>(bytes)), maxFrameBytes);
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
        Proto.Frame.BodyOneofCase.Updates => FromProto(frame.Updates, maxFrameBytes),
        Proto.Frame.BodyOneofCase.SyncRequest =>
            new LinkFrame.SyncRequest(frame.SyncRequest.Sync, FromProto(frame.SyncRequest.Vector)),
        Proto.Frame.BodyOneofCase.SyncDone => new LinkFrame.SyncDone(
            frame.SyncDone.Sync,
            FromProto(frame.SyncDone.Vector),
            Text(frame.SyncDone.ConfigurationHash, "configuration hash"),
            FromProto(frame.SyncDone.Skipped)),
        Proto.Frame.BodyOneofCase.Ack => new LinkFrame.Ack((long)Math.Min(frame.Ack.Frames, long.MaxValue)),
        Proto.Frame.BodyOneofCase.Request => FromProto(frame.Request),
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
            Positive(hello.Incarnation, "incarnation"),
            Text(hello.SoftwareVersion, "software version"),
            FromProto(hello.Configuration),
            hello.ReceiverKind is >= 1 and <= 3
                ? (NeighbourKind)hello.ReceiverKind
                : throw new FrameException($"a node kind {hello.ReceiverKind}; 1 to 3 are known"),
            TimeSpan.FromMilliseconds(hello.SilenceLimitMs),
            hello.WallMs,
            (Capabilities)hello.Capabilities);
    }

    private static LinkFrame.Request FromProto(Proto.Request request) => new(
        request.Owner.IsEmpty ? null : WireNodeId.Read(request.Owner),
        Key(request.Key),
        request.Payload.Length <= ProtocolLimits.MaxRequest
            ? request.Payload.Memory
            : throw new FrameException($"a request of {request.Payload.Length} bytes; at most {ProtocolLimits.MaxRequest} are allowed"),
        (int)Math.Min(request.Hops, int.MaxValue));

    private static LinkFrame.Pulse FromProto(Proto.Pulse pulse) => new(
        pulse.SentTicks,
        pulse.EchoTicks,
        pulse.EchoHeldTicks,
        pulse.WallMs,
        pulse.ReportDigest,
        Text(pulse.ConfigurationHash, "configuration hash"),
        FromProto(pulse.Vector));

    private static NodeReport FromProto(Proto.Report report, int maxFrameBytes) => new()
    {
        Node = WireNodeId.Read(report.Node),
        Incarnation = Positive(report.Incarnation, "incarnation"),
        Sequence = Positive(report.Sequence, "report sequence"),
        Revision = Positive(report.Revision, "report revision"),
        Acting = report.Acting,
        Leaving = report.Leaving,
        Configuration = FromProto(report.Configuration),
        Edges = [.. Limited(report.Edges, ProtocolLimits.MaxNodes, "edges").Select(FromProto)],
        Configured = [.. Limited(report.Configured, ProtocolLimits.MaxNodes, "configured peers").Select(WireNodeId.Read)],
        Applied = report.Applied,
        Running = [.. Limited(report.Running, ProtocolLimits.MaxRunning(maxFrameBytes), "running checks")],
        Written = report.Written == 0 ? 0 : Positive(report.Written, "number of the last write"),
        LongestCheck = TimeSpan.FromMilliseconds(report.LongestCheckMs),
    };

    private static LinkFrame.Updates FromProto(Proto.Updates updates, int maxFrameBytes)
    {
        var runs = updates.Runs.Select(FromProto).ToImmutableArray();
        var items = new List<Update>(updates.Items.Count);
        foreach (var item in updates.Items)
        {
            items.Add(FromProto(item, runs, maxFrameBytes));
        }

        return new LinkFrame.Updates(updates.Sync, items);
    }

    private static Update FromProto(Proto.Update item, ImmutableArray<Run> runs, int maxFrameBytes)
    {
        if (item.Run >= runs.Length)
        {
            throw new FrameException($"an update of run {item.Run} in a frame with {runs.Length} runs");
        }

        if (item.Payload.Length > ProtocolLimits.MaxPayload(maxFrameBytes))
        {
            throw new FrameException(
                $"a value of {item.Payload.Length} bytes; at most {ProtocolLimits.MaxPayload(maxFrameBytes)} are allowed");
        }

        if (item.Clock is 0 or >= ProtocolLimits.MaxClock)
        {
            throw new FrameException($"a clock of {item.Clock:x16}, which no clock shows");
        }

        return new Update(
            runs[(int)item.Run],
            Positive(item.Sequence, "update sequence"),
            item.Clock,
            item.Kind <= byte.MaxValue ? (RegisterKind)item.Kind : RegisterKind.None,
            Key(item.Key),
            item.Payload.Memory);
    }

    private static ReadOnlyMemory<byte> Key(ByteString key) => key.Length is >= 1 and <= ClusterObjects.MaxKeyBytes
        ? key.Memory
        : throw new FrameException($"a key of {key.Length} bytes; allowed are 1 to {ClusterObjects.MaxKeyBytes}");

    private static List<RunSequence> FromProto(Proto.Vector? vector)
    {
        if (vector is null)
        {
            return [];
        }

        if (vector.Runs.Count != vector.Sequences.Count)
        {
            throw new FrameException($"a vector of {vector.Runs.Count} runs and {vector.Sequences.Count} numbers");
        }

        Limited(vector.Runs, ProtocolLimits.MaxRuns, "runs in a vector");
        return [.. vector.Runs.Zip(vector.Sequences, (run, sequence) =>
            new RunSequence(FromProto(run), Positive(sequence, "vector sequence")))];
    }

    private static Run FromProto(Proto.Run run) =>
        new(WireNodeId.Read(run.Node), Positive(run.Incarnation, "incarnation"));

    private static ConfigurationVersion FromProto(Proto.Configuration? version) => version is null
        ? throw new FrameException("no configuration version")
        : new ConfigurationVersion(Positive(version.Number, "configuration number"), Text(version.Hash, "configuration hash"))
        {
            Origin = WireNodeId.Read(version.Origin),
        };

    private static long Positive(long value, string what) => value is > 0 and <= ProtocolLimits.MaxSequence
        ? value
        : throw new FrameException($"{what} {value}; it must be positive");

    private static string Text(string value, string what) => value.Length <= ProtocolLimits.MaxText
        ? value
        : throw new FrameException($"a {what} of {value.Length} characters; at most {ProtocolLimits.MaxText} are allowed");

    private static ICollection<T> Limited<T>(ICollection<T> items, int limit, string what) => items.Count <= limit
        ? items
        : throw new FrameException($"{items.Count} {what}; at most {limit} are allowed");
}
