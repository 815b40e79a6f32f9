using System.Globalization;
using Compeer.Cluster.Links;
using Compeer.Cluster.Model;

namespace Compeer.Cluster.Exchange;

/// <summary>
/// Says whose clock is wrong. Of a pair nobody can tell; when most neighbours are off the same way it is this node's own, and none of
/// them is accused.
/// </summary>
internal sealed class ClockWatch(ClusterContext context, LinkTable links)
{
    /// <summary>A difference that matters to people: log lines and due times are off by so much.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>A neighbour said what time it has.</summary>
    public void Look(NeighbourMachine neighbour)
    {
        var ahead = neighbour.Clock.Ahead(context.Now);
        if (ahead.Duration() <= Limit)
        {
            return;
        }

        TimeSpan[] heard = [.. links.GreetedLinks().Select(link => link.Neighbour.Clock).Where(clock => clock.IsRead)
            .Select(clock => clock.Ahead(context.Now))];
        var likewise = heard.Count(other => other.Duration() > Limit && other > TimeSpan.Zero == ahead > TimeSpan.Zero);
        if (heard.Length > 1 && 2 * likewise > heard.Length)
        {
            Tell("this node", "the clock of this node", -ahead, $"those of {likewise} of {heard.Length} nodes; check the time here");
        }
        else
        {
            Tell(neighbour.Config.Id.ToString(), $"the clock of node {neighbour.Name}", ahead, "this node's; check the time on both");
        }
    }

    private void Tell(string subject, string whose, TimeSpan ahead, string others) => context.NoticeOnce(
        "clock " + subject,
        NoticeLevel.Warning,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{whose} is {ahead.Duration().TotalSeconds:0} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} {others}"));
}
