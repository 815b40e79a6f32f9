using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Knows which of the objects that are given to pollers their configuration has: as long as it does not have one they cannot check it.
/// A poller is asked for the hashes of its objects' keys as soon as it says what it runs, which is before it begins to act.
/// </summary>
internal sealed class PollerCoverage(ClusterContext context, LinkTable links, PeerGroup group)
{
    private readonly Dictionary<string, HashSet<ulong>> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<LinkId, (string Hash, HashSet<ulong> Objects)> _asked = [];
    private readonly Dictionary<int, (string Hash, ObjectSets Sets)> _compared = [];

    /// <summary>Takes up a view: asks for what is not known, and compares.</summary>
    public void Follow(ClusterView view, ObjectKeys keys)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in links.GreetedLinks().Where(link => link.Neighbour.IsBelow).ToArray())
        {
            if (link.Configuration?.Hash is { } hash)
            {
                wanted.Add(hash);
                Ask(link, hash);
            }
        }

        wanted.UnionWith(view.Below.Select(below => below.InForce?.Hash).OfType<string>());
        foreach (var old in _objects.Keys.Where(hash => !wanted.Contains(hash)).ToArray())
        {
            _objects.Remove(old);
        }

        Compare(view, keys);
    }

    /// <summary>A part of a poller's objects came.</summary>
    public void Take(Link link, LinkFrame.Objects part, ObjectKeys keys)
    {
        if (!_asked.TryGetValue(link.Id, out var asked) || asked.Hash != part.Hash
            || asked.Objects.Count + part.Keys.Length > ConfigurationWatch.MaxObjects)
        {
            return;
        }

        asked.Objects.UnionWith(part.Keys);
        if (!part.More)
        {
            _objects[part.Hash] = asked.Objects;
            _asked.Remove(link.Id);
            Compare(group.View, keys);
        }
    }

    /// <summary>A link ended.</summary>
    public void Forget(LinkId link) => _asked.Remove(link);

    private void Ask(Link link, string hash)
    {
        if (_objects.ContainsKey(hash) || (_asked.TryGetValue(link.Id, out var asked) && asked.Hash == hash)
            || !link.Hello!.Capabilities.HasFlag(Capabilities.Objects))
        {
            return;
        }

        _asked[link.Id] = (hash, []);
        context.Send(link.Id, new LinkFrame.ObjectsRequest(hash));
    }

    /// <summary>What its pollers do not have is not theirs to check. As long as a group's configuration is not known it counts as whole, as
    /// the pollers that run it take it up: else both would check.</summary>
    private void Compare(ClusterView view, ObjectKeys keys)
    {
        var isOther = false;
        var sets = group.Sets;
        for (var below = 0; below < view.Below.Length; below++)
        {
            if (view.Below[below].InForce is not { } inForce || _compared.GetValueOrDefault(below) == (inForce.Hash, sets))
            {
                continue;
            }

            if (_objects.TryGetValue(inForce.Hash, out var known))
            {
                isOther |= sets.Lack(below, [.. sets.Of(below).Where(index => !known.Contains(keys.HashOf(index)))]);
                _compared[below] = (inForce.Hash, sets);
            }
        }

        if (isOther)
        {
            context.Reconsider();
        }
    }
}
