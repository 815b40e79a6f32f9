using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Replication;

/// <summary>How far the streams are on one link.</summary>
internal sealed class StreamLink
{
    /// <summary>Bytes of entries under way at which no more are sent: so much history is before a state at most.</summary>
    public const int WindowBytes = 256 << 10;

    /// <summary>Entries under way at which no more are sent.</summary>
    public const int WindowEntries = 2_048;

    /// <summary>What the other end has.</summary>
    public Dictionary<StreamId, StreamOffer> Offers { get; } = [];

    /// <summary>What the other end wants from here, with what it has and what was sent.</summary>
    public Dictionary<StreamId, StreamOffer> Sending { get; } = [];

    /// <summary>What this node wants from there.</summary>
    public HashSet<StreamId> Wanted { get; } = [];

    /// <summary>Streams that were begun or ended to be wanted, which the other end was not told yet.</summary>
    public HashSet<StreamId> Untold { get; } = [];

    public SendWindow Window { get; } = new(WindowBytes, WindowEntries);

    /// <summary>How much of what this node has was told.</summary>
    public long ToldChanges { get; set; }

    /// <summary>Frames of entries received, for the acknowledgement, and those that were acknowledged.</summary>
    public long FramesReceived { get; set; }

    public long FramesAcknowledged { get; set; }

    /// <summary>Bytes and entries received since the last acknowledgement.</summary>
    public (long Bytes, long Entries) Received { get; set; }

    /// <summary>What the other end has of a stream, made anew from what it says.</summary>
    public void Replace(StreamState state)
    {
        var former = Offers.GetValueOrDefault(state.Stream)?.Former ?? new IntervalSet();
        Offers[state.Stream] = StreamOffer.Of(state, former);
    }
}

/// <summary>What another node has of a stream.</summary>
internal sealed class StreamOffer
{
    public IntervalSet Numbers { get; } = new();

    /// <summary>What it had a while ago: what of that is not here by now does not come by itself.</summary>
    public IntervalSet Former { get; set; } = new();

    /// <summary>It has nothing up to this number, and wants nothing.</summary>
    public long Floor { get; set; }

    public static StreamOffer Of(StreamState state, IntervalSet former)
    {
        var offer = new StreamOffer { Former = former };
        offer.Take(state);
        return offer;
    }

    public void Take(StreamState state)
    {
        Floor = Math.Max(Floor, state.Floor);
        foreach (var range in state.Numbers)
        {
            Numbers.Add(range);
        }
    }
}
