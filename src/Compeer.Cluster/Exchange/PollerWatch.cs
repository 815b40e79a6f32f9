using System.Collections.Immutable;
using Compeer.Cluster.Handover;
using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Replication;

namespace Compeer.Cluster.Exchange;

/// <summary>Looks after the groups of pollers below: says who checks what of theirs, and that each is told what is for it.</summary>
internal sealed class PollerWatch(ClusterContext context, LinkTable links, PeerGroup group, Replicator replicator)
{
    /// <summary>Hosts that are named in one line.</summary>
    private const int MaxNamed = 3;

    /// <summary>Whether a group is there is told when it has stood so long: nodes that start together are no news.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, bool> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (bool IsUp, TimeSpan Since)> _isUp = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, HashSet<NodeId>> _hearing = [];
    private ImmutableArray<bool[]> _parts = [];
    private ImmutableArray<PollerGroup> _groups = [];

    /// <summary>Where the nodes' merlin.conf do not fit together.</summary>
    public TierWatch Tiers { get; } = new(context, links);

    /// <summary>Other pollers are named, or other objects are there.</summary>
    public void Regrouped(ObjectKeys keys)
    {
        var groups = context.Groups;
        foreach (var pair in group.Sets.Doubles.GroupBy(one => (one.First, one.Second)))
        {
            int[] hosts = [.. pair.Select(one => one.Host)];
            var names = string.Join(", ", hosts.Take(MaxNamed).Select(host => UncheckedObjects.NameOf(keys.KeyOf(host).Span)));
            var (first, second) = (groups[pair.Key.First], groups[pair.Key.Second]);
            context.NoticeOnce(
                $"double {first.Name} {second.Name} {hosts.Length} {names}",
                NoticeLevel.Warning,
                $"{Count(hosts.Length, "host")} ({names}{(hosts.Length > MaxNamed ? ", …" : "")}) "
                + $"{(hosts.Length == 1 ? "is" : "are")} in "
                + $"the host groups of two groups of pollers, {Named(first)} and {Named(second)}; {Named(first)} checks "
                + $"{(hosts.Length == 1 ? "it" : "them")}, the first by name");
        }

        Grown(groups);
        (_parts, _groups) = ([.. group.Sets.Parts], groups);
    }

    /// <summary>Takes up a view.</summary>
    public void Follow(ClusterView view, ObjectKeys keys)
    {
        replicator.SetConfigured(view.Configured, Of(NeighbourKind.Master), Of(NeighbourKind.Poller));
        for (var below = 0; below < view.Below.Length && view.IsMember(context.Self); below++)
        {
            // While it starts it does not see them yet.
            var (name, isUp) = (view.Below[below].Group.Name, view.Below[below].IsUp);
            if (!_isUp.TryGetValue(name, out var before) || before.IsUp != isUp)
            {
                _isUp[name] = (isUp, context.Monotonic);
            }

            TellLacking(view.Below[below], group.Sets.LackingOf(below), keys);
        }

        replicator.Owe(poller => IsHearingLess(view, poller));
        Tiers.Follow(view);
    }

    /// <summary>Says which groups came or are lost.</summary>
    public void Advance()
    {
        for (var below = 0; below < group.View.Below.Length; below++)
        {
            if (_isUp.TryGetValue(group.View.Below[below].Group.Name, out var state) && context.Monotonic >= state.Since + Settling)
            {
                Tell(group.View.Below[below], group.Sets.Of(below).Length);
            }
        }

        Tiers.Advance();
    }

    /// <summary>A poller that does not hear somebody any more may lack what that one wrote: it was not passed on from here.</summary>
    private bool IsHearingLess(ClusterView view, NodeId poller)
    {
        var hears = view.Tree.FirstOrDefault(report => report.Node == poller)?.Edges.Select(edge => edge.Node).ToHashSet() ?? [];
        var isLess = _hearing.TryGetValue(poller, out var before) && !before.IsSubsetOf(hears);
        _hearing[poller] = hears;
        return isLess;
    }

    /// <summary>What is new in a poller's part was not sent to it before.</summary>
    private void Grown(ImmutableArray<PollerGroup> groups)
    {
        var parts = group.Sets.Parts;
        for (var place = 0; place < groups.Length; place++)
        {
            var former = _groups.IndexOf(groups[place]);
            if (former < 0 || !_parts[former].AsSpan().SequenceEqual(parts[place]))
            {
                var nodes = groups[place].Nodes;
                replicator.Owe(poller => nodes.BinarySearch(poller) >= 0);
            }
        }
    }

    private void Tell(GroupView below, int objects)
    {
        var name = below.Group.Name;
        if (_told.TryGetValue(name, out var was) && was == below.IsUp)
        {
            return;
        }

        _told[name] = below.IsUp;
        if (below.IsUp)
        {
            context.Notice(NoticeLevel.Information, $"the pollers of {Named(below.Group)} check their {Count(objects, "object")}");
        }
        else if (below.Group.Takeover)
        {
            context.Notice(
                was ? NoticeLevel.Warning : NoticeLevel.Information,
                $"no poller of {Named(below.Group)} is there: this node and its peers check their {Count(objects, "object")}");
        }
        else
        {
            context.Notice(
                NoticeLevel.Warning,
                $"no poller of {Named(below.Group)} is there, and takeover is off: their {Count(objects, "object")} are stale, nobody "
                + "checks them");
        }
    }

    private void TellLacking(GroupView below, int[] lacking, ObjectKeys keys)
    {
        if (!below.IsUp || lacking.Length == 0)
        {
            return;
        }

        var names = string.Join(", ", lacking.Take(MaxNamed).Select(index => UncheckedObjects.NameOf(keys.KeyOf(index).Span)));
        var instead = below.Group.Takeover ? "this node and its peers check" : "takeover is off, so nobody checks";
        context.NoticeOnce(
            $"lacking {below.Group.Name} {lacking.Length} {names}",
            NoticeLevel.Warning,
            $"the pollers of {Named(below.Group)} do not have {Count(lacking.Length, "object")} of theirs ({names}"
            + $"{(lacking.Length > MaxNamed ? ", …" : "")}): {instead} {(lacking.Length == 1 ? "it" : "them")} until 'mon oconf push' "
            + "brings the pollers their part of the configuration");
    }

    private ImmutableArray<NodeId> Of(NeighbourKind kind) =>
        [.. links.Neighbours.Where(one => one.Config.Kind == kind).Select(one => one.Config.Id).Order()];

    private string Named(PollerGroup some) => $"{some.Name} ({string.Join(", ", some.Nodes.Select(links.NameOf))})";

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
