using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Versions;

/// <summary>
/// Brings the newest configuration of a history to all its nodes: says when this node is behind, lets the shell fetch what it
/// lacks, and tells the others what this node does not take up.
/// </summary>
/// <param name="context">What the parts of the machine share.</param>
/// <param name="links">The neighbours that content can come from.</param>
/// <param name="reports">Who runs what.</param>
internal sealed class ConfigurationTravel(ClusterContext context, LinkTable links, ReportStore reports)
{
    private ConfigurationVersion? _newest;

    /// <summary>The content that is under way.</summary>
    public ContentExchange Content { get; } = new(context, () => Sources(links, reports));

    /// <summary>The configuration of others that this node does not take up.</summary>
    public RefusedConfiguration? Refused { get; private set; }

    /// <summary>Looks at a view of this node's group: does it work by a newer configuration than this node?</summary>
    public void Follow(ClusterView view)
    {
        var own = context.Version;
        if (view.InForce is not { } newest || newest <= own || newest.Hash == own.Hash)
        {
            Refused = null;
            if (_newest is not null)
            {
                Content.WantNothing();
                _newest = null;
            }

            return;
        }

        if (newest == _newest)
        {
            return;
        }

        Refused = Refused?.Hash == newest.Hash ? Refused : null;
        _newest = newest;
        Content.WantNothing();
        TellIfOverruled(own, newest);
        context.Emit(new ClusterEffect.Behind(newest));
    }

    /// <summary>What was made here at the same time as the newest, knowing nothing of it, is not in it.</summary>
    private void TellIfOverruled(ConfigurationVersion own, ConfigurationVersion newest)
    {
        if (own.Origin == context.Self && own.History == newest.History && !newest.IsMadeFrom(own))
        {
            context.Notice(
                NoticeLevel.Warning,
                $"configuration {own.Number} ({Short(own)}), taken up here, is overruled by {newest.Number} ({Short(newest)}), which was "
                + $"made elsewhere at the same time and does not have what was changed here; it is kept: 'mon oconf diff {Short(own)}' "
                + $"shows it, 'mon oconf restore {Short(own)}' brings it back");
        }
    }

    private static string Short(ConfigurationVersion version) => version.Hash.Length > 12 ? version.Hash[..12] : version.Hash;

    /// <summary>Those first that run the newest themselves.</summary>
    private static IEnumerable<LinkId> Sources(LinkTable links, ReportStore reports) => links.PeerLinks()
        .Where(link => link.Hello!.Capabilities.HasFlag(Capabilities.Content))
        .OrderByDescending(link => reports.Find(link.Neighbour.Config.Id)?.Configuration)
        .Select(link => link.Id);

    /// <summary>What the shell has to say.</summary>
    public void Take(ConfigurationInput input)
    {
        switch (input)
        {
            case ConfigurationInput.Want want:
                Content.WantNothing();
                Content.Want(want.Hashes);
                break;
            case ConfigurationInput.Taken taken:
                Content.Taken(taken.Hash, taken.Received, taken.IsWhole);
                break;
            case ConfigurationInput.Read read:
                Content.Answer(read.Link, read.Hash, read.Offset, read.Total, read.Data);
                break;
            case ConfigurationInput.Refuse { Configuration: var refused } when refused is null || refused.Hash == _newest?.Hash:
                Refused = refused;
                break;
            default:
                // It refuses a configuration that is not the newest any more.
                break;
        }
    }
}
