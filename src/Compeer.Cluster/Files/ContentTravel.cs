using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Versions;

namespace Compeer.Cluster.Files;

/// <summary>All content that travels between nodes: configurations, and files that are kept the same.</summary>
internal sealed class ContentTravel(ClusterContext context, LinkTable links, ReportStore reports)
{
    public ConfigurationTravel Configurations { get; } = new(context, links, reports);

    public FilesExchange Files { get; } = new(context, links);

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake =>
        Configurations.Content.NextWake < Files.NextWake ? Configurations.Content.NextWake : Files.NextWake;

    /// <summary>What the shell has to say.</summary>
    public void Take(ExchangeInput input)
    {
        if (input is FilesInput files)
        {
            Files.Take(files);
        }
        else
        {
            Configurations.Take((ConfigurationInput)input);
        }
    }

    /// <summary>A link ended.</summary>
    public void Forget(LinkId link)
    {
        Configurations.Content.Forget(link);
        Files.Forget(link);
    }

    /// <summary>Time passed, or there are other links.</summary>
    public void Advance()
    {
        Configurations.Content.Advance();
        Files.Advance();
    }
}
