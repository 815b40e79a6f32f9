using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Simulation.Replication;

/// <summary>Does to frames what a faulty store would make of them.</summary>
internal static class Planted
{
    public static LinkFrame Change(StoreCluster cluster, StoreNode to, LinkFrame frame)
    {
        var isFirst = to.Index == 0;
        switch (cluster.Fault)
        {
            case StoreFault.EpochIgnored when isFirst && frame is LinkFrame.Updates updates:
                return updates with { Items = [.. updates.Items.Select(update => update with { Epoch = Math.Min(update.Epoch, 1) })] };
            case StoreFault.TombstoneDroppedEarly when frame is LinkFrame.SyncRequest request:
                return request with { Elements = 0 };
            case StoreFault.TombstoneDroppedEarly when isFirst && frame is LinkFrame.Pulse:
                Believe(cluster, to);
                return frame;
            case StoreFault.ElementsNotCompared when frame is LinkFrame.SyncRequest request:
                return request with { Elements = 0 };
            case StoreFault.GapClaimed when isFirst && frame is LinkFrame.SyncDone done:
                return done with { Known = [.. done.Known.Select(Closed)] };
            case StoreFault.EntrySkipped when isFirst && frame is LinkFrame.Entries entries:
                return cluster.Random.Next(4) == 0 ? entries with { Items = [.. entries.Items.Skip(1)] } : entries;
            case StoreFault.FieldsStripped when isFirst && frame is LinkFrame.Updates updates:
                return updates with { Items = [.. updates.Items.Select(update => update with { Rest = default })] };
            case StoreFault.KindsDropped when isFirst && frame is LinkFrame.Updates updates:
                return updates with { Items = [.. updates.Items.Where(update => update.Kind <= RegisterKind.Downtimes)] };
            default:
                return frame;
        }
    }

    private static OriginKnowledge Closed(OriginKnowledge known) => known.Known.Length < 1
        ? known
        : known with { Known = [new WriteRange(1, known.Known[^1].To)] };

    /// <summary>All others vouch for exactly what this node has.</summary>
    private static void Believe(StoreCluster cluster, StoreNode node) => node.Do(store =>
    {
        store.Learn(StoreNode.Recorder, new LinkFrame.Seen(
            [.. cluster.Configured.Where(id => id != node.Id)
                .Select(id => new NodeKnowledge(new Run(id, int.MaxValue), [.. node.Known]))]));
    });
}
