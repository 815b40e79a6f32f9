using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Exchange;

/// <summary>Sums up in one line who runs what by whose configuration, what is checked by nobody, and how to end it.</summary>
/// <param name="links">What the nodes are called.</param>
/// <param name="self">This node.</param>
/// <param name="objects">How many objects its configuration has.</param>
/// <param name="nobodys">What of them nobody checks.</param>
internal sealed class ConfigurationWords(LinkTable links, NodeId self, int objects, UncheckedObjects nobodys)
{
    /// <summary>Nodes that are named at one place, and configurations that are told of; the others are counted.</summary>
    public const int MaxNamed = 4;

    /// <summary>The line; empty when all that act have the same configuration.</summary>
    public string Describe(ClusterView view)
    {
        var others = view.Component
            .Where(report => report.Acting && view.InForce is not null && report.Configuration.Hash != view.InForce.Hash)
            .GroupBy(report => report.Configuration.Hash)
            .OrderByDescending(group => group.Max(report => report.Configuration))
            .ToArray();
        if (others.Length == 0)
        {
            return "";
        }

        var members = view.Component.Where(report => view.IsMember(report.Node)).ToArray();
        var more = others.Length > MaxNamed ? $"; {others.Length - MaxNamed} more configurations are not in force" : "";
        return $"all checks are run by the configuration {Describe(view.InForce!)}, which has {Count(ObjectsOf(members))}, at "
            + $"{Names(members)}; {string.Join("; ", others.Take(MaxNamed).Select(Describe))}{more}. {WayOut(view, others)}";
    }

    /// <summary>What ends it: by itself, or by somebody who mends what is refused.</summary>
    private string WayOut(ClusterView view, IEnumerable<IEnumerable<NodeReport>> others)
    {
        NodeReport[] refusing = [.. others.SelectMany(group => group).Where(report => report.Refused?.Hash == view.InForce!.Hash)];
        return refusing.Length == 0
            ? "Who does not have it yet fetches it from those that do"
            : $"{Names(refusing)} {(refusing.Length == 1 ? "does" : "do")} not take it up: {refusing[0].Refused!.Reason}. To end it, mend "
                + "that in the configuration at any peer and reload it there, or bring back an earlier one with 'mon oconf restore'";
    }

    private string Describe(IGrouping<string, NodeReport> group)
    {
        NodeReport[] nodes = [.. group];
        var best = nodes.Select(Unchecked).OrderByDescending(one => one.IsExact).ThenByDescending(one => one.Number).First();
        return $"{Names(nodes)} {(nodes.Length == 1 ? "has" : "have")} {Describe(nodes.Max(report => report.Configuration)!)} with "
            + $"{Count(ObjectsOf(nodes))}, {Describe(best)}";
    }

    private static string Describe(UncheckedObjects some)
    {
        if (some.Number == 0)
        {
            return some.IsExact ? "all of which are checked" : "not compared with it yet";
        }

        var names = some.Names.Length == 0 ? ""
            : $" ({string.Join(", ", some.Names)}{(some.Number > some.Names.Length ? ", …" : "")})";
        return $"of which {(some.IsExact ? "" : "at least ")}{some.Number} {(some.Number == 1 ? "is" : "are")} checked by "
            + $"nobody{names}";
    }

    private string Describe(ConfigurationVersion version)
    {
        var hash = version.Hash.Length > 8 ? version.Hash[..8] : version.Hash;
        var origin = version.Origin == default ? "" : $", taken up at {links.NameOf(version.Origin)}";
        return $"{version.Number} ({hash}{origin})";
    }

    private string Names(IReadOnlyCollection<NodeReport> nodes)
    {
        string[] names = [.. nodes.OrderByDescending(report => report.Node == self).Select(report => links.NameOf(report.Node))];
        return names.Length == 1 ? names[0]
            : names.Length <= MaxNamed ? $"{string.Join(", ", names[..^1])} and {names[^1]}"
            : $"{string.Join(", ", names[..MaxNamed])} and {names.Length - MaxNamed} more";
    }

    private static string Count(int number) => number == 1 ? "1 object" : $"{number} objects";

    /// <summary>Another one's number as it said it last, this node's as it is.</summary>
    private int ObjectsOf(IEnumerable<NodeReport> nodes) => nodes.Max(report => report.Node == self ? objects : report.Objects);

    private UncheckedObjects Unchecked(NodeReport report) => report.Node == self ? nobodys : report.Unchecked;
}
