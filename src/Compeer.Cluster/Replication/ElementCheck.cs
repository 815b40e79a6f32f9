using Compeer.Cluster.Model;

namespace Compeer.Cluster.Replication;

/// <summary>
/// Finds elements of sets that others removed while this node was away, so long ago that nobody has the tombstones any more:
/// this node was taken out of the configuration, or its values were put back to an earlier state. A neighbour that knows the
/// write of an element and does not have it has seen its removal; so both compare a digest of what both know, and where it
/// differs, the other end lists what it has. (The idea is that of sets without tombstones: Bieniusa, Zawirski et al. 2012.)
/// </summary>
internal static class ElementCheck
{
    /// <summary>Elements in one frame of a list.</summary>
    public const int FrameElements = 8_192;

    public static bool IsElement(Update update) => !update.IsRemoval && RegisterKinds.Of(update.Kind).Merge == RegisterMerge.Set;

    /// <summary>A digest of elements in any order; 0 for none.</summary>
    public static ulong Digest(IEnumerable<Update> elements)
    {
        var (digest, any) = (0UL, false);
        foreach (var element in elements)
        {
            // Mixed once more than the number: a node's id may be a number of its writes, and what mixes to nothing adds nothing.
            digest += StableHash.Mix(StableHash.Mix(StableHash.OfNode(element.Origin)) ^ StableHash.Mix((ulong)element.Sequence));
            any = true;
        }

        return any && digest == 0 ? 1 : digest;
    }

    /// <summary>The elements here that were known when a neighbour was asked: those that it does not list may be gone.</summary>
    public static Dictionary<(NodeId Origin, long Sequence), RegisterKey> Open(KeyedTable table, IReadOnlyList<OriginKnowledge> asked)
    {
        var known = new Knowledge();
        foreach (var entry in asked)
        {
            known.Replace(entry);
        }

        return table.All.Where(update => IsElement(update) && known.Contains(update.Origin, update.Sequence))
            .ToDictionary(update => (update.Origin, update.Sequence), KeyedTable.KeyOf);
    }

    /// <summary>The elements that a neighbour has removed: it knows their writes, and did not list them.</summary>
    public static IReadOnlyList<RegisterKey> Removed(
        KeyedTable table,
        IReadOnlyCollection<KeyValuePair<(NodeId Origin, long Sequence), RegisterKey>> open,
        IReadOnlyList<OriginKnowledge> theirs)
    {
        if (open.Count == 0)
        {
            return [];
        }

        var known = new Knowledge();
        foreach (var entry in theirs)
        {
            known.Replace(entry);
        }

        return [.. open.Where(element => known.Vouches(element.Key.Origin, element.Key.Sequence)
                && table.Find(element.Value) is { IsRemoval: false } present
                && present.Origin == element.Key.Origin && present.Sequence == element.Key.Sequence)
            .Select(element => element.Value)];
    }
}
