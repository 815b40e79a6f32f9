using Compeer.Cluster.Links;
using Compeer.Cluster.Membership;
using Compeer.Cluster.Model;
using Compeer.Cluster.Testing;
using Compeer.Cluster.Versions;

namespace Compeer.Cluster.Files;

/// <summary>All that the shells of two nodes exchange: configurations, files that are kept the same, tests of checks.</summary>
internal sealed class ContentTravel(ClusterContext context, LinkTable links, ReportStore reports)
{
    public ConfigurationTravel Configurations { get; } = new(context, links, reports);

    public FilesExchange Files { get; } = new(context, links);

    public CheckTestExchange Tests { get; } = new(context, links);

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake =>
        Configurations.Content.NextWake < Files.NextWake ? Configurations.Content.NextWake : Files.NextWake;

    /// <summary>What the shell has to say.</summary>
    public void Take(ExchangeInput input)
    {
        switch (input)
        {
            case FilesInput files:
                Files.Take(files);
                break;
            case CheckTestInput test:
                Tests.Take(test);
                break;
            default:
                Configurations.Take((ConfigurationInput)input);
                break;
        }
    }

    /// <summary>A link ended.</summary>
    public void Forget(LinkId link)
    {
        Configurations.Content.Forget(link);
        Files.Forget(link);
        Tests.Forget(link);
    }

    /// <summary>Time passed, or there are other links.</summary>
    public void Advance()
    {
        Configurations.Content.Advance();
        Files.Advance();
    }
}
